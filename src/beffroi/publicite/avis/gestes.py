"""Ce qu'une parution attend de la personne, selon où elle en est, en mots de tous les jours."""

from dataclasses import dataclass

from django.urls import reverse

from beffroi.publicite.avis.models import Parution
from droit.decision import Decision
from formats.dates import jour_et_heure

Etat = Parution.Etat

ETATS = {
    Etat.PREPAREE: ("gris", "À envoyer", ""),
    Etat.EN_ENVOI: ("cours", "En cours d'envoi", ""),
    Etat.ENVOYEE: ("cours", "Envoyée", ""),
    Etat.CONFIRMEE: ("cours", "Reçue", ""),
    Etat.PARUE: ("ok", "Parue", ""),
    Etat.REFUSEE: ("danger", "Refusée", ""),
}
_ARRETEE = ("attention", "Envoi arrêté", "")
_PREUVE = ("preuve", "J'ai envoyé l'avis : joindre la preuve")
_DEJA_PARTI = ("preuve", "Je l'avais déjà envoyé : joindre la preuve")
_DEPASSEE = ("gris", "Ne part plus", "")
_ACTES = {
    Etat.ENVOYEE: (
        ("parution", "L'avis est paru"),
        ("reception", "Sa réception est confirmée"),
        ("refus", "L'avis est refusé"),
    ),
    Etat.CONFIRMEE: (("parution", "L'avis est paru"), ("refus", "L'avis est refusé")),
}


@dataclass(frozen=True)
class Geste:
    """Un bouton. `immediat` : l'acte se fait au clic ; sinon une page le demande."""

    libelle: str
    url: str
    immediat: bool = False


@dataclass(frozen=True)
class ParutionAffichee:
    """Une parution, où elle en est, et ce qu'on peut faire ensuite ; `attente` :
    ce qui l'empêche de partir.
    """

    parution: Parution
    ton: str
    mot: str
    signe: str
    phrase: str
    gestes: tuple[Geste, ...]
    attente: Decision


def affichee(
    parution: Parution, *, attente: Decision, depart: Decision, peut_agir: bool, abandonnee: bool
) -> ParutionAffichee:
    """`attente` : la réponse de la règle du JOUE, pour un support national. `depart` :
    l'avis peut-il encore partir ? `abandonnee` : l'envoi ne repart plus seul.
    """
    if not depart.favorable:
        deja = (_geste(parution, *_DEJA_PARTI),) if peut_agir else ()
        return ParutionAffichee(
            parution,
            *_DEPASSEE,
            phrase=" ".join(str(m) for m in depart.motifs),
            gestes=deja,
            attente=Decision.accord(),
        )
    libre = parution.support == Parution.Support.JOUE or attente.favorable
    tour = Decision.accord() if libre else attente
    return ParutionAffichee(
        parution,
        *(_ARRETEE if abandonnee else ETATS[Etat(parution.etat)]),
        phrase=phrase_de(parution, abandonnee=abandonnee),
        gestes=gestes_de(parution, libre=libre, abandonnee=abandonnee) if peut_agir else (),
        attente=tour if parution.etat in (Etat.PREPAREE, Etat.REFUSEE) else Decision.accord(),
    )


def phrase_de(parution: Parution, *, abandonnee: bool) -> str:
    """Ce qui est arrivé, et ce qui vient."""
    support = parution.support_lisible
    if parution.etat == Etat.PREPAREE and parution.voie == Parution.Voie.MANUELLE:
        return f"Téléchargez l'avis, envoyez-le ({support}), puis joignez ici la preuve de l'envoi."
    if parution.etat == Etat.PREPAREE:
        return "L'avis est prêt. La plateforme l'enverra quand vous le direz."
    if abandonnee:
        return (
            "Le service n'a pas répondu, et la plateforme a cessé d'essayer. Relancez l'envoi, "
            "ou appelez l'assistance."
        )
    if parution.etat == Etat.EN_ENVOI:
        return "La plateforme envoie l'avis. Si le service ne répond pas, elle recommence seule."
    if parution.etat == Etat.REFUSEE:
        return f"Le support a refusé l'avis. Son motif : {parution.motif_du_refus}"
    return " ".join(_faits(parution))


def _faits(parution: Parution) -> list[str]:
    numero = f" Son numéro : {parution.numero}." if parution.numero else ""
    faits = (
        ("Envoyé le", parution.envoyee_le),
        ("Réception confirmée le", parution.confirmee_le),
        ("Paru le", parution.parue_le),
    )
    phrases = [f"{mot} {jour_et_heure(instant)}." for mot, instant in faits if instant]
    return [*phrases, numero.strip()] if numero else phrases


def gestes_de(parution: Parution, *, libre: bool, abandonnee: bool) -> tuple[Geste, ...]:
    """Les actes possibles, le plus attendu d'abord ;
    aucun envoi tant que le JOUE fait attendre, ni tant qu'un autre court.
    """
    if parution.etat in (Etat.PREPAREE, Etat.REFUSEE):
        if not libre:
            return ()
        manuel = _geste(parution, *_PREUVE)
        if parution.voie == Parution.Voie.MANUELLE:
            return (manuel,)
        encore = " de nouveau" if parution.etat == Etat.REFUSEE else ""
        return (_immediat(parution, "envoyer", f"Envoyer{encore} maintenant"), manuel)
    if parution.etat == Etat.EN_ENVOI:
        refus = _geste(parution, "refus", "L'avis est refusé")
        return (
            (_immediat(parution, "relancer", "Relancer l'envoi"), refus)
            if abandonnee and libre
            else (refus,)
        )
    return tuple(
        _geste(parution, acte, libelle) for acte, libelle in _ACTES.get(Etat(parution.etat), ())
    )


def _geste(parution: Parution, acte: str, libelle: str) -> Geste:
    consultation = parution.avis.consultation
    return Geste(
        libelle, reverse("avis:acte", args=(consultation.reference, parution.reference, acte))
    )


def _immediat(parution: Parution, acte: str, libelle: str) -> Geste:
    consultation = parution.avis.consultation
    return Geste(
        libelle,
        reverse(f"avis:{acte}", args=(consultation.reference, parution.reference)),
        immediat=True,
    )

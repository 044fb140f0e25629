"""Lire les avis et leurs parutions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation import queries as preparation
from beffroi.personnes.organismes.models import Organisme
from beffroi.publicite.avis import rules
from beffroi.publicite.avis.models import Avis, CoordonneesDAvis, Parution, VerificationDAvis
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.fondations.taches import ce_qui_attend
from beffroi.socle.guichet.lecture import lu_une_fois
from droit.decision import Decision
from droit.en_vigueur import Droit, DroitInconnu
from formats.dates import jour

TRANSMETTRE = "beffroi.publicite.avis.services.parutions.transmettre"
EN_ATTENTE = (Parution.Etat.PREPAREE, Parution.Etat.REFUSEE)


@lu_une_fois
def avis_ecrits(consultation: Consultation) -> tuple[Avis, ...]:
    """Tous, avec leurs parutions."""
    return tuple(_avis(consultation))


@prete
def _avis(consultation: Consultation) -> QuerySet[Avis]:
    return consultation.avis.prefetch_related("parutions")


def avis_de(consultation: Consultation) -> list[Avis]:
    """Les avis qui appellent à concourir, du premier au dernier, avec leurs parutions ;
    ceux d'attribution viennent après.
    """
    return [avis for avis in avis_ecrits(consultation) if not avis.est_d_attribution]


def attributions_ecrites(consultation: Consultation) -> list[Avis]:
    """Les avis d'attribution, du premier au dernier, avec leurs parutions."""
    return [avis for avis in avis_ecrits(consultation) if avis.est_d_attribution]


def avis_publics(consultation: Consultation) -> list[Avis]:
    """Ce que tout le monde lit ici, une fois la consultation publiée : tout avis envoyé, et le
    dernier avis initial de chaque forme. Un rectificatif rédigé d'office, un avis d'attribution
    attendent qu'une personne les envoie.
    """
    ecrits = avis_de(consultation)
    initiaux = {avis.forme: avis for avis in ecrits if avis.sorte == Avis.Sorte.INITIAL}
    return [
        avis
        for avis in (*ecrits, *attributions_ecrites(consultation))
        if any(parution.envoyee_le is not None for parution in avis.parutions.all())
        or (avis in initiaux.values() and peut_partir(avis).favorable)
    ]


def a_rectifier(consultation: Consultation) -> list[Avis]:
    """Les avis partis qui annoncent encore une autre heure limite que celle de la consultation."""
    if consultation.sans_suite_le is not None:
        return []
    suivis = [suivi for suivi in suivis_de(consultation) if suivi.parti is not None]
    return [suivi.dernier for suivi in suivis if est_depasse(suivi.dernier, consultation)]


def est_depasse(avis: Avis, consultation: Consultation) -> bool:
    """La consultation publiée s'est arrêtée, ou n'a plus l'heure limite que cet avis annonce."""
    if consultation.publiee_le is None or avis.est_d_attribution:
        return False
    arretee = consultation.sans_suite_le is not None
    return arretee or avis.structure.remise.limite != consultation.date_limite_remise


def avis_pour(consultation: Consultation, reference: str) -> Avis:
    """Un avis de cette consultation, introuvable depuis une autre."""
    avis = (
        consultation.avis.filter(reference=reference)
        .select_related("change")
        .prefetch_related("parutions", "change__parutions")
        .first()
    )
    if avis is None:
        raise Introuvable()
    return avis


def parution_pour(consultation: Consultation, reference: str) -> Parution:
    parutions = Parution.objects.filter(avis__consultation=consultation, reference=reference)
    parution = parutions.select_related("avis__consultation__organisme").first()
    if parution is None:
        raise Introuvable()
    return parution


def envoi_abandonne(parution: Parution) -> bool:
    """La file a tant recommencé qu'elle s'est arrêtée : l'envoi ne repartira pas seul."""
    return parution.etat == Parution.Etat.EN_ENVOI and [parution.reference] not in _envois_en_file()


@lu_une_fois
def _envois_en_file() -> list[list[str]]:
    return ce_qui_attend(TRANSMETTRE)


def a_envoyer(consultation: Consultation) -> list[Avis]:
    """Les derniers avis de chaque forme qui ne sont partis nulle part :
    un rectificatif rédigé d'office, un avis oublié.
    """
    derniers = {avis.forme: avis for avis in avis_de(consultation)}
    return [
        avis for avis in derniers.values() if not est_envoye(avis) and peut_partir(avis).favorable
    ]


def avis_a_envoyer(consultations: Iterable[Consultation]) -> QuerySet[Avis]:
    """Les rectificatifs et les annulations qui ne sont partis nulle part,
    et qu'aucun autre n'a remplacés.
    """
    return _prets([une.pk for une in consultations])


@prete
def _prets(consultations: list[int]) -> QuerySet[Avis]:
    prets = Avis.objects.filter(consultation__in=consultations).exclude(sorte=Avis.Sorte.INITIAL)
    parties = Parution.objects.exclude(etat__in=EN_ATTENTE)
    prets = prets.filter(change__in=Avis.objects.filter(parutions__in=parties)).exclude(
        parutions__in=parties
    )
    suite = Avis.objects.filter(
        consultation=OuterRef("consultation"),
        forme=OuterRef("forme"),
        pk__gt=OuterRef("pk"),
        change__isnull=False,
    )
    return prets.exclude(Exists(suite)).select_related("consultation")


def est_envoye(avis: Avis) -> bool:
    """Quelqu'un a pu le lire : un support l'a, preuve gardée, ou la plateforme le lui porte.

    À la main, la personne a joint la preuve de son envoi.
    Préparé n'est pas envoyé ; refusé non plus.
    """
    return any(parution.etat not in EN_ATTENTE for parution in avis.parutions.all())


def est_parti(consultation: Consultation, forme: str) -> bool:
    """Un avis initial de cette forme a été envoyé, ou la plateforme l'envoie."""
    return any(
        est_envoye(avis)
        for avis in avis_de(consultation)
        if (avis.sorte, avis.forme) == (Avis.Sorte.INITIAL, forme)
    )


def est_parti_partout(consultation: Consultation, forme: str) -> bool:
    """Parti, et plus aucun support ne l'attend."""
    en_attente = parutions_en_attente(consultation, forme=forme, sorte=Avis.Sorte.INITIAL)
    return est_parti(consultation, forme) and not en_attente


def parutions_en_attente(consultation: Consultation, *, forme: str, sorte: str) -> list[Parution]:
    """Celles que rien n'a envoyées, ou que leur support a refusées."""
    attente = Parution.objects.filter(
        avis__consultation=consultation, avis__forme=forme, avis__sorte=sorte
    )
    return list(attente.filter(etat__in=EN_ATTENTE).select_related("avis"))


def peut_partir(avis: Avis) -> Decision:
    """Un avis que rien n'a envoyé ne part plus s'il est remplacé,
    ou si la procédure s'est arrêtée.
    """
    if avis.est_d_attribution:
        remplacants = [
            autre for autre in attributions_ecrites(avis.consultation) if autre.pk > avis.pk
        ]
        remplace = any(
            autre.forme == avis.forme and autre.lots_dits & avis.lots_dits for autre in remplacants
        )
        return rules.peut_partir(envoye=est_envoye(avis), remplace=remplace, abandonnee=False)
    ecrits = avis_de(avis.consultation)
    freres = [autre for autre in ecrits if (autre.forme, autre.sorte) == (avis.forme, avis.sorte)]
    # Sa parution est revenue à l'avis parti avant lui : personne ne l'attend plus.
    orphelin = (
        avis.sorte == Avis.Sorte.INITIAL
        and not avis.parutions.all()
        and any(map(est_envoye, freres))
    )
    # Ce qu'il change a été refusé par son support : il n'y a rien à changer.
    sans_objet = any(autre.pk == avis.change_id and not est_envoye(autre) for autre in ecrits)
    return rules.peut_partir(
        envoye=est_envoye(avis),
        remplace=orphelin or sans_objet or any(autre.pk > avis.pk for autre in freres),
        abandonnee=avis.consultation.sans_suite_le is not None
        and avis.sorte != Avis.Sorte.ANNULATION,
    )


def avis_d_alors(avis: Avis, *, le: datetime) -> Avis:
    """L'avis qui se lisait à cet instant :
    le dernier de sa forme et de sa sorte alors écrit, lui-même sinon.
    """
    if avis.est_d_attribution:  # un autre lot a le sien
        return avis
    freres = Avis.objects.filter(
        consultation=avis.consultation_id, forme=avis.forme, sorte=avis.sorte
    )
    ecrits = [
        frere for frere in freres if rules.a_la_minute(frere.ecrit_le) <= le and frere.pk <= avis.pk
    ]
    return ecrits[-1] if ecrits else avis


def coordonnees_de(organisme: Organisme) -> CoordonneesDAvis:
    """Celles que l'organisme a données ; neuves et non gardées sinon."""
    return CoordonneesDAvis.objects.filter(organisme=organisme).first() or CoordonneesDAvis(
        organisme=organisme
    )


def verification_de(avis: Avis) -> VerificationDAvis | None:
    return VerificationDAvis.objects.filter(avis=avis).first()


def suivis_de(consultation: Consultation) -> list[rules.Suivi[Avis]]:
    """Où en est chaque forme d'avis :
    ce qui est parti, ce qui le change déjà, ce qui attend encore de partir.
    """
    ecrits = avis_de(consultation)
    return [
        _suivi([avis for avis in ecrits if avis.forme == forme])
        for forme in {a.forme: None for a in ecrits}
    ]


def _suivi(ecrits: list[Avis]) -> rules.Suivi[Avis]:
    parti = next((avis for avis in reversed(ecrits) if est_envoye(avis)), None)
    initial = next(avis for avis in reversed(ecrits) if avis.sorte == Avis.Sorte.INITIAL)
    if parti is None:
        return rules.Suivi(parti=None, dernier=initial, a_reecrire=initial)
    chaine = [
        avis
        for avis in ecrits
        if avis == parti or (avis.sorte != Avis.Sorte.INITIAL and avis.pk > parti.pk)
    ]
    attendu = any(
        parution.etat in EN_ATTENTE
        for avis in ecrits
        if avis.sorte == Avis.Sorte.INITIAL
        for parution in avis.parutions.all()
    )
    return rules.Suivi(parti=parti, dernier=chaine[-1], a_reecrire=initial if attendu else None)


def publication_de(avis: Avis) -> str:
    """Comment désigner l'avis publié :
    « BOAMP n° 26-88058 du 24 novembre 2026 », ou sa référence chez nous.
    """
    parue = avis.parutions.filter(etat=Parution.Etat.PARUE).order_by("parue_le").first()
    if parue is None or parue.parue_le is None:
        return f"avis {avis.reference} du {jour(avis.ecrit_le)}"
    numero = f" n° {parue.numero}" if parue.numero else ""
    return f"{parue.support_lisible}{numero} du {jour(parue.parue_le)}"


def envoi_au_joue(consultation: Consultation, *, le: datetime) -> rules.EnvoiAuJoue | None:
    """Où en est l'avis européen initial ; rien si la consultation n'en a pas à envoyer.

    Un avis réécrit avant son envoi a pu laisser une parution préparée : la plus avancée répond.
    """
    initiaux = (avis for avis in avis_de(consultation) if avis.sorte == Avis.Sorte.INITIAL)
    parutions = [
        parution
        for avis in initiaux
        for parution in avis.parutions.all()
        if parution.support == Parution.Support.JOUE
    ]
    if not parutions and "JOUE" not in supports_dus(consultation, le=le):
        return None
    return rules.EnvoiAuJoue(
        envoye_le=_premier(parution.envoyee_le for parution in parutions),
        confirme_le=_premier(parution.confirmee_le for parution in parutions),
        paru_le=_premier(parution.parue_le for parution in parutions),
    )


def _premier(instants: Iterable[datetime | None]) -> datetime | None:
    return min((instant for instant in instants if instant is not None), default=None)


def supports_dus(consultation: Consultation, *, le: datetime) -> tuple[str, ...]:
    """Où cet achat s'annonce, d'après ses réponses et les choix de l'acheteur ;
    rien d'une consultation sans préparation.
    """
    if preparation.preparation_de(consultation).pk is None:
        return ()
    try:
        return tuple(preparation.achat_de(consultation, le=le).publicite.supports)
    except DroitInconnu:
        return ()


def tour_de(avis: Avis, *, maintenant: datetime) -> Decision:
    """Ce que le JOUE fait attendre.

    Les articles R. 2131-20 et R. 3122-5 parlent de l'avis qui appelle à concourir.
    """
    if avis.est_d_attribution:
        return Decision.accord()
    return peut_paraitre_ailleurs(avis.consultation, maintenant=maintenant)


def peut_paraitre_ailleurs(consultation: Consultation, *, maintenant: datetime) -> Decision:
    """L'attente du JOUE, d'après les tables de la loi au jour de la confirmation."""
    joue = envoi_au_joue(consultation, le=maintenant)
    jour = (joue.confirme_le if joue and joue.confirme_le else maintenant).date()
    sorte = "concession" if consultation.est_concession else "marche"
    valeur = Droit.au(jour).valeur(f"avis.attente_du_joue.{sorte}")
    return rules.peut_paraitre_ailleurs(
        joue=joue,
        attente=rules.heures(valeur.valeur),
        maintenant=maintenant,
        concession=consultation.est_concession,
    )


def fichiers_de(avis: Avis) -> dict[str, bytes]:
    """Ce que la personne télécharge pour envoyer elle-même : le texte, et le XML s'il y en a un."""
    fichiers = {f"{avis.reference}.txt": avis.texte.encode()}
    if avis.xml:
        fichiers[f"{avis.reference}.xml"] = avis.xml.encode()
    return fichiers


def coordonnees_par_siret(sirets: Sequence[str]) -> dict[str, CoordonneesDAvis]:
    """Celles des membres d'un groupement : un avis les publie de toute façon."""
    trouvees = CoordonneesDAvis.objects.filter(organisme__siret__in=sirets).select_related(
        "organisme"
    )
    return {coordonnees.organisme.siret: coordonnees for coordonnees in trouvees}

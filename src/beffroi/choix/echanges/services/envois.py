"""Remettre à chacun son exemplaire, d'un acte, et prouver ce qu'il a reçu."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.echanges import courriels, queries, rules
from beffroi.choix.echanges.models import Alerte, Courrier, Exemplaire
from beffroi.choix.echanges.personnalisation import AVANT, PROPRE, remplir
from beffroi.choix.echanges.services.actes import noter, pieces_dites
from beffroi.choix.echanges.services.redaction import Projet, choisir, exiger_les_destinataires
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_sans_exclure
from formats import dates


@dataclass(frozen=True)
class EnvoiGroupe:
    """Des courriers tout écrits, un texte par entreprise, à remettre d'un seul acte.

    `donnees` : ce que le journal y joint.
    """

    sorte: str
    sujet: str
    textes: Mapping[Equipe, str]
    donnees: Mapping[str, object]


def valeurs_de(exemplaire: Exemplaire, *, pli: Pli | None) -> dict[str, str]:
    """Ce que chaque champ devient pour cette entreprise ; `pli` : sa dernière réponse ouverte."""
    consultation, equipe = exemplaire.courrier.consultation, exemplaire.fil.equipe
    avant = exemplaire.courrier.reponse_avant
    valeurs = {
        "entreprise": equipe.nom,
        "acheteur": consultation.organisme.nom,
        "consultation": consultation.reference,
        "objet": consultation.titre,
        "récépissé": pli.reference if pli else "(aucun)",
        AVANT: dates.jour_et_heure(avant) if avant else "(sans date)",
        "date sans suite": dates.jour(consultation.sans_suite_le)
        if consultation.sans_suite_le
        else "(sans date)",
        "motif sans suite": consultation.motif_sans_suite or "(sans motif)",
    }
    return {**valeurs, PROPRE: remplir(exemplaire.texte_propre, valeurs)}


def apercus(
    courrier: Courrier, exemplaires: Sequence[Exemplaire]
) -> Iterator[tuple[Exemplaire, str, str]]:
    """Le sujet et le texte que chaque entreprise lira."""
    plis = queries.dernier_pli_ouvert(courrier.consultation)
    for exemplaire in exemplaires:
        exemplaire.courrier = courrier
        valeurs = valeurs_de(exemplaire, pli=plis.get(exemplaire.fil.equipe_id))
        sujet = " ".join(remplir(courrier.sujet, valeurs).split())[: rules.SIGNES_DU_SUJET]
        yield exemplaire, sujet, remplir(courrier.texte, valeurs)


def faits_de(courrier: Courrier, *, le: datetime) -> rules.FaitsDuCourrier:
    exemplaires = list(queries.exemplaires_de(courrier))
    joints = _interlocuteurs(courrier, exemplaires, le=le)
    noms = [(exemplaire, exemplaire.fil.equipe.nom) for exemplaire in exemplaires]
    return rules.FaitsDuCourrier(
        sorte=courrier.sorte,
        sujet=courrier.sujet,
        texte=courrier.texte,
        reponse_avant=courrier.reponse_avant,
        propres=[(nom, exemplaire.texte_propre) for exemplaire, nom in noms],
        sans_suite=courrier.consultation.etat == Consultation.Etat.SANS_SUITE,
        sans_personne=[nom for exemplaire, nom in noms if not joints[exemplaire.fil_id]],
    )


def _interlocuteurs(
    courrier: Courrier, exemplaires: Sequence[Exemplaire], *, le: datetime
) -> dict[int, list[Utilisateur]]:
    fils = [exemplaire.fil for exemplaire in exemplaires]
    return queries.interlocuteurs_des(fils, consultation=courrier.consultation, le=le)


@transaction.atomic
def envoyer(*, courrier: Courrier, par: Utilisateur, maintenant: datetime) -> Courrier:
    """Remet à chaque entreprise son exemplaire, d'un acte.

    Un second clic rend le même envoi (CCP, annexe 7, art. 1).
    """
    consultation = verrouiller_sans_exclure(courrier.consultation, avec=("organisme",))
    courrier = verrouiller(courrier, avec=("consultation__organisme",))
    if courrier.envoye_le:
        return courrier
    exiger(rules.peut_ecrire(etat=consultation.etat))
    exiger(rules.peut_etre_envoye(faits_de(courrier, le=maintenant), maintenant=maintenant))
    _prouver(courrier, _remettre(courrier, par=par, le=maintenant), par=par, le=maintenant)
    return courrier


@transaction.atomic
def remettre_d_un_acte(
    *,
    consultation: Consultation,
    envoi: EnvoiGroupe,
    par: Utilisateur,
    maintenant: datetime,
    lier: Callable[[Mapping[int, Exemplaire]], None] = lambda exemplaires: None,
) -> Courrier:
    """Remet à chaque entreprise le courrier écrit pour elle, sans brouillon :
    une transaction, une écriture.

    `lier` reçoit chaque exemplaire, par établissement, avant l'écriture :
    ce que l'appelant y attache se prouve avec.
    """
    consultation = verrouiller_sans_exclure(consultation, avec=("organisme",))
    projet = Projet(envoi.sorte, envoi.sujet, f"[{PROPRE}]", list(envoi.textes))
    exiger_les_destinataires(consultation, projet, le=maintenant)
    courrier = Courrier.objects.create(
        consultation=consultation,
        sorte=envoi.sorte,
        sujet=envoi.sujet,
        texte=projet.texte,
        redige_par=par,
        redige_le=maintenant,
    )
    choisir(courrier, projet.a)
    for exemplaire in courrier.exemplaires.select_related("fil__equipe"):
        exemplaire.texte_propre = envoi.textes[exemplaire.fil.equipe]
        exemplaire.save(update_fields=["texte_propre"])
    exiger(rules.peut_ecrire(etat=consultation.etat))
    exiger(rules.peut_etre_envoye(faits_de(courrier, le=maintenant), maintenant=maintenant))
    remis = _remettre(courrier, par=par, le=maintenant)
    lier({exemplaire.fil.equipe_id: exemplaire for exemplaire in remis})
    _prouver(courrier, remis, par=par, le=maintenant, **envoi.donnees)
    return courrier


def _remettre(courrier: Courrier, *, par: Utilisateur, le: datetime) -> list[Exemplaire]:
    """Le texte de chacun, et l'alerte qui dit d'aller lire : elle part après l'acte."""
    exemplaires = list(queries.exemplaires_de(courrier))
    joints = _interlocuteurs(courrier, exemplaires, le=le)
    for exemplaire, sujet, texte in apercus(courrier, exemplaires):
        exemplaire.sujet, exemplaire.texte, exemplaire.remis_le = sujet, texte, le
        exemplaire.save(update_fields=["sujet", "texte", "remis_le"])
        alerter(exemplaire, joints[exemplaire.fil_id][0], le=le)
    courrier.envoye_le, courrier.envoye_par = le, par
    courrier.save(update_fields=["envoye_le", "envoye_par"])
    return exemplaires


def _prouver(
    courrier: Courrier,
    exemplaires: Sequence[Exemplaire],
    *,
    par: Utilisateur,
    le: datetime,
    **donnees: object,
) -> None:
    dits = [_dit(exemplaire) for exemplaire in exemplaires]
    pieces = pieces_dites(courrier.pieces.all())
    noter(
        courrier,
        "courrier.envoyer",
        par=par.acteur,
        le=le,
        exemplaires=dits,
        pieces=pieces,
        **donnees,
    )


def alerter(exemplaire: Exemplaire, personne: Utilisateur, *, le: datetime) -> Alerte:
    """Écrit à la boîte d'envoi le courriel qui dit d'aller lire ;
    il part après l'acte, une fois au plus (ADR 0025).
    """
    rang = exemplaire.alertes.count() + 1
    courriel = courriels.alerter(exemplaire, personne, rang=rang, maintenant=le)
    return Alerte.objects.create(
        exemplaire=exemplaire,
        personne=personne,
        adresse=personne.courriel,
        rang=rang,
        cle=courriel.cle,
        ecrite_le=le,
    )


def _dit(exemplaire: Exemplaire) -> dict[str, Any]:
    return {
        "exemplaire": exemplaire.reference,
        "etablissement": exemplaire.fil.equipe.identifiant,
        "sha256": empreinte_du_texte(exemplaire),
        "pieces": pieces_dites(exemplaire.pieces.all()),
    }


def empreinte_du_texte(exemplaire: Exemplaire) -> str:
    """L'empreinte de ce que l'entreprise a reçu : le sujet, une ligne vide, le texte, en UTF-8."""
    return hashlib.sha256(f"{exemplaire.sujet}\n\n{exemplaire.texte}".encode()).hexdigest()

"""Relire : demander, prendre, commenter, rendre l'avis ;
répondre, et garder un constat malgré lui.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.achat.preparation import queries as preparation
from beffroi.achat.relectures import courriels, queries
from beffroi.achat.relectures.lecture import ReglementLu, examen_de
from beffroi.achat.relectures.models import (
    Commentaire,
    DecisionSurUnConstat,
    ModeleDeCommentaire,
    PasseOutre,
    Relecture,
)
from beffroi.achat.relectures.rules import avis as rules
from beffroi.achat.relectures.rules.constats import RETENU, empreinte_du_constat, peut_etre_decide
from beffroi.achat.relectures.rules.delais import due_le
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, exiger
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser
from droit.achat import ecrire


@transaction.atomic
def demander_la_relecture(
    *,
    consultation: Consultation,
    lu: ReglementLu,
    message: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Relecture:
    """Soumet au centre la version d'aujourd'hui :
    l'achat, le règlement lu, et ce que les contrôles en disent.
    """
    consultation = verrouiller(consultation)
    exiger(
        rules.peut_etre_demandee(
            en_brouillon=consultation.etat in NON_PUBLIEES,
            deja_demandee=queries.en_cours_pour(consultation) is not None,
        )
    )
    achat = preparation.achat_de(consultation, le=maintenant)
    examen = examen_de(consultation, lu, le=maintenant)
    relecture = Relecture.objects.create(
        consultation=consultation,
        numero=consultation.relectures.count() + 1,
        document=lu.document,
        nom_du_document=lu.document.nom if lu.document else "",
        texte=[asdict(paragraphe) for paragraphe in lu.texte.paragraphes] if lu.texte else [],
        lacunes=[*examen.lacunes, *([lu.refus] if lu.refus else [])],
        achat=ecrire(achat),
        constats=list(examen.constats),
        questions=list(examen.questions),
        version_des_regles=examen.version,
        message=message.strip(),
        demandee_par=par,
        demandee_le=maintenant,
        due_le=due_le(
            maintenant,
            avis_prevu_le=achat.dates.envoi_de_l_avis,
            horaires=settings.SERVICE["horaires"],
        ),
    )
    _journaliser(
        relecture,
        "relecture.demander",
        par=par.acteur,
        maintenant=maintenant,
        numero=relecture.numero,
    )
    return relecture


@transaction.atomic
def prendre_la_relecture(
    *, relecture: Relecture, par: Utilisateur, maintenant: datetime
) -> Relecture:
    """Un juriste s'en charge ; l'acheteur voit son nom."""
    return franchir(
        relecture, "prendre", par=par.acteur, le=maintenant, prise_par=par, prise_le=maintenant
    )


@transaction.atomic
def retirer_la_relecture(*, relecture: Relecture, par: Acteur, maintenant: datetime) -> Relecture:
    """L'acheteur retire sa demande, pour soumettre une autre version."""
    return franchir(relecture, "retirer", par=par, le=maintenant)


@transaction.atomic
def commenter(
    *,
    relecture: Relecture,
    texte: str,
    paragraphe: int | None,
    par: Utilisateur,
    maintenant: datetime,
) -> Commentaire:
    """Une remarque, sur un paragraphe ou sur l'ensemble, tant que l'avis n'est pas rendu."""
    relecture = _en_cours(relecture)
    if paragraphe is not None and paragraphe not in queries.numeros_de_paragraphes(relecture):
        raise Introuvable("Ce paragraphe n'est pas dans la version relue. Rechargez la page.")
    commentaire = Commentaire.objects.create(
        reference=reference_opaque("Q"),
        relecture=relecture,
        paragraphe=paragraphe,
        texte=texte.strip(),
        par=par,
        le=maintenant,
    )
    _journaliser(
        relecture,
        "relecture.commenter",
        par=par.acteur,
        maintenant=maintenant,
        commentaire=commentaire.reference,
    )
    return commentaire


@transaction.atomic
def effacer_le_commentaire(*, commentaire: Commentaire, par: Acteur, maintenant: datetime) -> None:
    """Un commentaire s'efface tant que l'acheteur ne l'a pas reçu avec l'avis."""
    relecture = _en_cours(commentaire.relecture)
    Commentaire.objects.filter(pk=commentaire.pk).delete()
    _journaliser(
        relecture,
        "relecture.effacer_le_commentaire",
        par=par,
        maintenant=maintenant,
        commentaire=commentaire.reference,
    )


@transaction.atomic
def decider_d_un_constat(
    *,
    relecture: Relecture,
    constat: Mapping[str, Any],
    issue: str,
    motif: str,
    par: Utilisateur,
    maintenant: datetime,
) -> DecisionSurUnConstat:
    """Le juriste retient un point des contrôles, ou l'écarte ; il peut changer d'avis jusqu'au
    moment de le rendre.
    """
    relecture = _en_cours(relecture)
    exiger(peut_etre_decide(issue=issue, motif=motif))
    decision, _ = DecisionSurUnConstat.objects.update_or_create(
        relecture=relecture,
        empreinte=str(constat["empreinte"]),
        defaults={
            "code": constat["code"],
            "issue": issue,
            "motif": motif.strip(),
            "par": par,
            "le": maintenant,
        },
    )
    _journaliser(
        relecture,
        "relecture.decider_d_un_constat",
        par=par.acteur,
        maintenant=maintenant,
        constat=decision.empreinte,
        code=decision.code,
        issue=issue,
    )
    return decision


@transaction.atomic
def revenir_sur_un_constat(
    *, decision: DecisionSurUnConstat, par: Acteur, maintenant: datetime
) -> None:
    """Le point redevient ouvert."""
    relecture = _en_cours(decision.relecture)
    DecisionSurUnConstat.objects.filter(pk=decision.pk).delete()
    _journaliser(
        relecture,
        "relecture.revenir_sur_un_constat",
        par=par,
        maintenant=maintenant,
        constat=decision.empreinte,
        code=decision.code,
    )


def _en_cours(relecture: Relecture) -> Relecture:
    relecture = verrouiller(relecture)
    if relecture.etat != Relecture.Etat.PRISE:
        raise ConflitEtat(
            "Cette relecture n'est pas en cours. Rechargez la page pour voir où elle en est."
        )
    return relecture


@transaction.atomic
def rendre_l_avis(
    *, relecture: Relecture, avis: str, observation: str, par: Utilisateur, maintenant: datetime
) -> Relecture:
    """Un avis daté, sur cette version et ces règles ;
    il n'engage ni le centre à publier, ni l'acheteur à suivre.
    """
    relecture = _en_cours(relecture)
    exiger(
        rules.peut_etre_rendu(
            avis=avis,
            observation=observation,
            commentaires=relecture.commentaires.count(),
            retenus=relecture.decisions.filter(issue=RETENU).count(),
        )
    )
    relecture = franchir(
        relecture,
        "rendre",
        par=par.acteur,
        le=maintenant,
        donnees={"avis": avis, "version_des_regles": relecture.version_des_regles},
        avis=avis,
        observation=observation.strip(),
        prise_par=par,
        rendue_le=maintenant,
    )
    courriels.avis_rendu(relecture, maintenant=maintenant)
    return relecture


@transaction.atomic
def repondre_au_commentaire(
    *, commentaire: Commentaire, reponse: str, par: Utilisateur, maintenant: datetime
) -> Commentaire:
    """L'acheteur dit ce qu'il a changé, ou pourquoi il ne change rien."""
    commentaire = verrouiller(commentaire, avec=("relecture__consultation__organisme",))
    if commentaire.relecture.etat != Relecture.Etat.RENDUE:
        raise ConflitEtat("L'avis n'est pas encore rendu : il n'y a rien à répondre.")
    commentaire.reponse, commentaire.repondu_par, commentaire.repondu_le = (
        reponse.strip(),
        par,
        maintenant,
    )
    commentaire.save(update_fields=["reponse", "repondu_par", "repondu_le"])
    _journaliser(
        commentaire.relecture,
        "relecture.repondre_au_commentaire",
        par=par.acteur,
        maintenant=maintenant,
        commentaire=commentaire.reference,
    )
    return commentaire


@transaction.atomic
def passer_outre(
    *,
    consultation: Consultation,
    constat: Mapping[str, Any],
    motif: str,
    est_valideur: bool,
    par: Utilisateur,
    maintenant: datetime,
) -> PasseOutre:
    """Garde un constat tel quel, avec une raison, un nom et une date ;
    le constat compte de nouveau s'il change.
    """
    consultation = verrouiller(consultation)
    exiger(
        rules.peut_passer_outre(
            gravite=constat["gravite"],
            se_garde=constat["se_garde"],
            est_valideur=est_valideur,
            motif=motif,
        )
    )
    dit = {
        "code": constat["code"],
        "gravite": constat["gravite"],
        "constat": _en_une_phrase(constat),
    }
    passe, _ = PasseOutre.objects.update_or_create(
        consultation=consultation,
        empreinte=empreinte_du_constat(constat["code"], constat["quoi"], constat["trouve"]),
        defaults={**dit, "motif": motif.strip(), "par": par, "le": maintenant},
    )
    journaliser(
        "relecture.passer_outre",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={**dit, "motif": motif.strip()},
    )
    return passe


def _en_une_phrase(constat: Mapping[str, Any]) -> str:
    return (
        f"{constat['quoi']} Trouvé : {constat['trouve']}"
        if constat["trouve"]
        else str(constat["quoi"])
    )


@transaction.atomic
def garder_le_modele(
    *, titre: str, texte: str, code: str, par: Utilisateur, maintenant: datetime
) -> ModeleDeCommentaire:
    """Ajoute une remarque à la bibliothèque du centre, ou la récrit sous le même titre."""
    modele, _ = ModeleDeCommentaire.objects.update_or_create(
        titre=titre.strip(),
        defaults={
            "texte": texte.strip(),
            "code": code.strip(),
            "modifie_par": par,
            "modifie_le": maintenant,
        },
    )
    journaliser(
        "relecture.garder_le_modele",
        sujet=modele.titre,
        par=par.acteur,
        le=maintenant,
        donnees={"code": modele.code},
    )
    return modele


@transaction.atomic
def retirer_le_modele(*, modele: ModeleDeCommentaire, par: Acteur, maintenant: datetime) -> None:
    ModeleDeCommentaire.objects.filter(pk=modele.pk).delete()
    journaliser("relecture.retirer_le_modele", sujet=modele.titre, par=par, le=maintenant)


def _journaliser(
    relecture: Relecture, acte: str, *, par: Acteur, maintenant: datetime, **donnees: object
) -> None:
    journaliser(
        acte,
        sujet=relecture.consultation.reference,
        organisme=relecture.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"relecture": relecture.reference, **donnees},
    )

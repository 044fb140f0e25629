"""Finir une convention :
noter la lettre et sa preuve, clore au lendemain du dernier jour, rendre les documents.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.conventions import courriels, queries
from beffroi.centre.conventions.models import Convention, Denonciation, PieceDeConvention
from beffroi.centre.conventions.rules.fin import (
    Auteur,
    fin_apres,
    peut_revenir,
    peut_s_effacer,
)
from beffroi.centre.conventions.rules.lettres import (
    copie_recevable,
    etape_de_remise,
    peut_etre_close,
    presentation_recevable,
    preuve_recevable,
)
from beffroi.centre.conventions.services.cycle import noter
from beffroi.centre.conventions.services.pieces import Fichier, empreintes, garder
from beffroi.centre.conventions.states import Etat
from beffroi.centre.propositions.services import sans_objet
from beffroi.personnes.organismes.services import (
    retablir_les_nouvelles_consultations,
    suspendre_les_nouvelles_consultations,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.franchissement import franchir
from droit.dates import en_toutes_lettres
from formats.dates import PARIS

Sorte = PieceDeConvention.Sorte
# Ce que deux personnes font d'une convention (`fin_a_deux`) ; les deux derniers, d'une fin notée.
RESILIER, RENONCER, EFFACER = "convention.resilier", "convention.renoncer", "convention.effacer"
PROPOSES_SUR_UNE_FIN = (RENONCER, EFFACER)
ETAPES = {
    "remis_le": "noter_la_remise",
    "accuse_le": "noter_l_accuse",
    "efface_le": "noter_l_effacement",
}


@dataclass(frozen=True)
class Lettre:
    """Une lettre recommandée et sa preuve.

    `copie_archives_le` : le jour où la copie est partie, si on le sait.
    """

    par: Auteur
    recue_le: date
    preuve: Fichier
    premiere_presentation: bool = False
    motif: str = ""
    copie_archives_le: date | None = None


@transaction.atomic
def denoncer(
    *, convention: Convention, lettre: Lettre, par: Acteur, maintenant: datetime
) -> Denonciation:
    """La fin court de la preuve jointe.

    Un défaut de paiement finit la convention le jour où la décision est notifiée. Le centre qui
    résilie le décide à deux : `fin_a_deux`.
    """
    if lettre.par == "centre":
        raise RegleEnfreinte("Le centre ne résilie qu'à deux : proposez-le, une autre décide.")
    convention = verrouiller(convention, avec=("adherent__organisme",))
    exiger_recevable(convention, lettre, a_un_fichier=bool(lettre.preuve.octets), le=maintenant)
    preuve = garder(convention, Sorte.PREUVE_POSTALE, lettre.preuve, maintenant=maintenant)
    return noter_la_fin(convention, lettre, preuve, par=par, maintenant=maintenant)


def exiger_recevable(
    convention: Convention, lettre: Lettre, *, a_un_fichier: bool, le: datetime
) -> None:
    """Une date passée et prouvée, une copie plausible, un motif s'il en faut un."""
    aujourd_hui = le.astimezone(PARIS).date()
    exiger(
        preuve_recevable(
            par=lettre.par,
            recue=lettre.recue_le,
            effet=convention.prise_d_effet,
            aujourd_hui=aujourd_hui,
            a_un_fichier=a_un_fichier,
        )
    )
    if lettre.copie_archives_le:
        exiger(
            copie_recevable(
                le=lettre.copie_archives_le, recue=lettre.recue_le, aujourd_hui=aujourd_hui
            )
        )
    if lettre.par == "impaye" and not lettre.motif.strip():
        raise RegleEnfreinte("La décision est motivée : recopiez ses motifs.")


def noter_la_fin(
    convention: Convention,
    lettre: Lettre,
    preuve: PieceDeConvention,
    *,
    par: Acteur,
    maintenant: datetime,
) -> Denonciation:
    """La convention est dénoncée ; l'appelant la tient, et a jugé la lettre."""
    aujourd_hui = maintenant.astimezone(PARIS).date()
    sans_objet(sujet=convention.reference, actes=(RESILIER,), maintenant=maintenant)
    fin = fin_apres(lettre.par, recue=lettre.recue_le, notee=aujourd_hui).effet
    convention = franchir(
        convention,
        "denoncer",
        par=par,
        le=maintenant,
        donnees={
            "par": lettre.par,
            "recue_le": lettre.recue_le.isoformat(),
            "fin": fin.isoformat(),
            "pieces": empreintes(preuve),
        },
        fin=fin,
        fin_pour_impaye=lettre.par == "impaye",
    )
    denonciation = Denonciation.objects.create(
        convention=convention,
        par=lettre.par,
        recue_le=lettre.recue_le,
        premiere_presentation=lettre.premiere_presentation,
        motif=lettre.motif.strip(),
        fin_le=fin,
        copie_archives_le=lettre.copie_archives_le,
        notee_le=maintenant,
    )
    noter("noter_la_lettre", convention, par=par, le=maintenant, donnees={"fin": fin.isoformat()})
    courriels.fin_annoncee(denonciation, maintenant=maintenant)
    return denonciation


@transaction.atomic
def annuler_la_denonciation(
    *, convention: Convention, motif: str, par: Acteur, maintenant: datetime
) -> Convention:
    """Une lettre notée par erreur, ou retirée d'un commun accord, avant la
    fin ; elle reste lisible.
    """
    denonciation = en_cours(convention)
    if denonciation.par == "impaye":
        raise RegleEnfreinte(
            "Cette fin vient d'un défaut de paiement : elle se reprend à deux, du dossier de "
            "l'impayé."
        )
    if denonciation.par == "centre":
        raise RegleEnfreinte("Le centre a résilié à deux : il y renonce à deux. Proposez-le.")
    return annuler(denonciation, motif=motif, par=par, maintenant=maintenant)


def annuler(
    denonciation: Denonciation, *, motif: str, par: Acteur, maintenant: datetime
) -> Convention:
    """La convention court de nouveau. Lève `ConflitEtat` si son dernier jour est passé."""
    if peut_etre_close(fin=denonciation.fin_le, aujourd_hui=maintenant.astimezone(PARIS).date()):
        raise ConflitEtat(
            "Le dernier jour est passé : la convention est finie. Il en faut une autre."
        )
    convention = denonciation.convention
    sans_objet(sujet=convention.reference, actes=PROPOSES_SUR_UNE_FIN, maintenant=maintenant)
    _annuler(denonciation, motif=motif, maintenant=maintenant)
    donnees = {"motif": motif.strip()}
    return franchir(
        convention,
        "annuler_la_denonciation",
        par=par,
        le=maintenant,
        donnees=donnees,
        fin=None,
        fin_pour_impaye=False,
    )


def exiger_de_pouvoir_revenir(convention: Convention, *, aujourd_hui: date) -> Denonciation:
    """La dénonciation que l'on reprendrait. Lève `RegleEnfreinte` : trop tard, ou effacée."""
    denonciation = en_cours(convention)
    exiger(
        peut_revenir(
            par=denonciation.par,  # type: ignore[arg-type]
            notee=denonciation.notee_le.astimezone(PARIS).date(),
            effacee=denonciation.efface_le is not None,
            aujourd_hui=aujourd_hui,
        )
    )
    if queries.une_autre_en_vie(convention):
        raise ConflitEtat(
            "Cet adhérent a déjà une autre convention en cours : écartez-la d'abord, ou gardez-la."
        )
    return denonciation


@transaction.atomic
def revenir_sur_la_fin(
    *, convention: Convention, motif: str, par: Acteur, maintenant: datetime
) -> Convention:
    """La convention finie pour un défaut reprend ; l'adhérent crée de nouveau des consultations.

    Deux personnes l'ont décidé (`impayes`). Ce qui a été noté reste lisible.
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    organisme = convention.adherent.organisme
    denonciation = exiger_de_pouvoir_revenir(
        convention, aujourd_hui=maintenant.astimezone(PARIS).date()
    )
    sans_objet(sujet=convention.reference, actes=PROPOSES_SUR_UNE_FIN, maintenant=maintenant)
    _annuler(denonciation, motif=motif, maintenant=maintenant)
    convention = franchir(
        convention,
        "revenir_sur_la_fin",
        par=par,
        le=maintenant,
        donnees={"motif": motif.strip()},
        fin=None,
        fin_pour_impaye=False,
        close_le=None,
    )
    if organisme is not None:
        retablir_les_nouvelles_consultations(organisme=organisme, par=par, maintenant=maintenant)
    return convention


def _annuler(denonciation: Denonciation, *, motif: str, maintenant: datetime) -> None:
    denonciation = verrouiller(denonciation)
    denonciation.annulee_le, denonciation.motif_d_annulation = maintenant, motif.strip()
    denonciation.save(update_fields=["annulee_le", "motif_d_annulation"])


def en_cours(convention: Convention) -> Denonciation:
    """La dénonciation que rien n'a annulée."""
    denonciation = convention.denonciations.filter(annulee_le=None).first()
    if denonciation is None:
        raise ConflitEtat("Cette convention n'est pas dénoncée.")
    return denonciation


@dataclass(frozen=True)
class PreuveAuxArchives:
    """La lettre aux Archives : son départ, son numéro, sa présentation, ce qui le prouve."""

    le: date
    numero: str = ""
    presentee_le: date | None = None
    fichier: Fichier | None = None


@transaction.atomic
def noter_la_copie(
    *, convention: Convention, preuve: PreuveAuxArchives, par: Acteur, maintenant: datetime
) -> Denonciation:
    """La lettre est partie aux Archives départementales (convention, art. 5)."""
    denonciation = verrouiller(en_cours(convention))
    aujourd_hui = maintenant.astimezone(PARIS).date()
    exiger(copie_recevable(le=preuve.le, recue=denonciation.recue_le, aujourd_hui=aujourd_hui))
    exiger(
        presentation_recevable(
            partie=preuve.le, presentee=preuve.presentee_le, aujourd_hui=aujourd_hui
        )
    )
    pieces = (
        [garder(convention, Sorte.COPIE_AUX_ARCHIVES, preuve.fichier, maintenant=maintenant)]
        if preuve.fichier
        else []
    )
    notees = {
        "copie_archives_le": preuve.le,
        "archives_numero": preuve.numero.strip(),
        "archives_presentee_le": preuve.presentee_le,
    }
    for champ, valeur in notees.items():
        setattr(denonciation, champ, valeur)
    denonciation.save(update_fields=[*notees])
    donnees = {
        "le": preuve.le.isoformat(),
        "numero": preuve.numero.strip(),
        "presentee_le": preuve.presentee_le.isoformat() if preuve.presentee_le else "",
        "pieces": empreintes(*pieces),
    }
    noter("noter_la_copie", convention, par=par, le=maintenant, donnees=donnees)
    return denonciation


@transaction.atomic
def clore(*, convention: Convention, maintenant: datetime) -> Convention:
    """Au lendemain du dernier jour : plus de consultation nouvelle.

    Celles qui courent vont à leur terme (ruling 28).
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    aujourd_hui = maintenant.astimezone(PARIS).date()
    if convention.etat != Etat.DENONCEE or convention.fin is None:
        return convention
    if not peut_etre_close(fin=convention.fin, aujourd_hui=aujourd_hui):
        return convention
    fin = convention.fin
    organisme = convention.adherent.organisme
    convention = franchir(
        convention,
        "clore",
        par=PLATEFORME,
        le=maintenant,
        donnees={"fin": fin.isoformat()},
        close_le=maintenant,
    )
    if organisme is not None:
        suspendre_les_nouvelles_consultations(
            organisme=organisme,
            motif=(
                f"La convention avec le centre de gestion a pris fin le {en_toutes_lettres(fin)}."
            ),
            par=PLATEFORME,
            maintenant=maintenant,
        )
    return convention


@transaction.atomic
def noter_une_etape(
    *,
    convention: Convention,
    etape: str,
    le: date,
    fichier: Fichier | None,
    par: Acteur,
    maintenant: datetime,
) -> Denonciation:
    """Remis, accusé : dans cet ordre, avec la pièce qui le prouve. Effacer se décide à deux."""
    if etape == "efface_le":
        raise RegleEnfreinte("Rien ne s'efface qu'à deux : proposez-le, une autre décide.")
    denonciation = verrouiller(en_cours(convention))
    exiger_cette_etape(denonciation, etape, le=le, maintenant=maintenant)
    pieces = [garder(convention, Sorte.REMISE, fichier, maintenant=maintenant)] if fichier else []
    return marquer(denonciation, etape, le=le, pieces=pieces, par=par, maintenant=maintenant)


def exiger_cette_etape(
    denonciation: Denonciation, etape: str, *, le: date, maintenant: datetime
) -> None:
    """Son tour est venu, sa date est passée, et rien ne la retient."""
    faites = {champ: getattr(denonciation, champ) for champ in ETAPES}
    aujourd_hui = maintenant.astimezone(PARIS).date()
    if faites[etape] is not None:
        raise ConflitEtat("Cette étape est déjà notée.")
    exiger(copie_recevable(le=le, recue=None, aujourd_hui=aujourd_hui))
    en_cours = len(queries.consultations_en_cours(denonciation.convention))
    exiger(etape_de_remise(etape=etape, faites=faites, en_cours=en_cours))
    if etape == "efface_le":
        exiger(
            peut_s_effacer(
                par=denonciation.par,  # type: ignore[arg-type]
                notee=denonciation.notee_le.astimezone(PARIS).date(),
                aujourd_hui=aujourd_hui,
            )
        )


def marquer(
    denonciation: Denonciation,
    etape: str,
    *,
    le: date,
    pieces: list[PieceDeConvention],
    par: Acteur,
    maintenant: datetime,
) -> Denonciation:
    """L'étape est faite ce jour-là ; l'appelant tient la dénonciation, et en a jugé."""
    setattr(denonciation, etape, le)
    denonciation.save(update_fields=[etape])
    noter(
        ETAPES[etape],
        denonciation.convention,
        par=par,
        le=maintenant,
        donnees={"le": le.isoformat(), "pieces": empreintes(*pieces)},
    )
    return denonciation

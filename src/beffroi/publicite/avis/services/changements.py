"""La consultation a changé :
l'avis se réécrit, se rectifie ou s'annule, à la main ou d'office, après l'acte.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.tasks import task

from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.avis import queries, rules
from beffroi.publicite.avis.models import Avis
from beffroi.publicite.avis.queries.contenu import a_l_heure_d_aujourd_hui
from beffroi.publicite.avis.rules import Suivi
from beffroi.publicite.avis.services.ecriture import VERSION, Tirage, ecrire_un_avis
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from formats.avis import differences
from formats.avis.modele import Avis as Contenu
from formats.dates import PARIS


@transaction.atomic
def reecrire_un_avis(
    *, avis: Avis, apres: Contenu, par: Acteur, maintenant: datetime, tirage: Tirage = uuid4
) -> Avis:
    """Réécrit un avis que rien n'a envoyé, avec les faits d'aujourd'hui ;
    ses parutions qui attendent le suivent.
    """
    return ecrire_un_avis(
        consultation=avis.consultation,
        contenu=replace(apres, envoi=maintenant, changement=None),
        forme=avis.forme,
        par=par,
        maintenant=maintenant,
        tirage=tirage,
    )


@transaction.atomic
def rectifier_un_avis(
    *,
    avis: Avis,
    apres: Contenu,
    explication: str,
    par: Acteur,
    maintenant: datetime,
    dossier_modifie_le: date | None = None,
    tirage: Tirage = uuid4,
) -> Avis:
    """Écrit l'avis rectificatif : ce qui change depuis l'avis envoyé, et pourquoi."""
    exiger(rules.peut_etre_change(envoye=queries.est_envoye(avis)))
    avant, apres = (
        replace(avis.structure, changement=None),
        replace(apres, envoi=maintenant, changement=None),
    )
    try:
        contenu = differences.rectifier(
            avant,
            apres,
            avis_publie=f"{avis.identifiant}-{VERSION}",
            explication=explication,
            dossier_modifie_le=dossier_modifie_le,
        )
        texte = differences.texte_rectificatif(
            avant,
            apres,
            publie=queries.publication_de(avis),
            motif=explication,
            dossier_modifie_le=dossier_modifie_le,
        )
    except differences.RienNeChange as rien:
        raise RegleEnfreinte(str(rien)) from rien
    return ecrire_un_avis(
        consultation=avis.consultation,
        contenu=contenu,
        forme=avis.forme,
        par=par,
        maintenant=maintenant,
        texte=texte,
        change=avis,
        tirage=tirage,
    )


@transaction.atomic
def annuler_un_avis(
    *, avis: Avis, motif: str, par: Acteur, maintenant: datetime, tirage: Tirage = uuid4
) -> Avis:
    """Écrit l'avis d'annulation :
    la procédure s'arrête, et l'on dit pourquoi (CCP, art. R. 2185-1).
    """
    exiger(rules.peut_etre_change(envoye=queries.est_envoye(avis)))
    avant = replace(avis.structure, changement=None)
    return ecrire_un_avis(
        consultation=avis.consultation,
        contenu=differences.annuler(
            avant, avis_publie=f"{avis.identifiant}-{VERSION}", explication=motif, envoi=maintenant
        ),
        forme=avis.forme,
        par=par,
        maintenant=maintenant,
        texte=differences.texte_d_annulation(
            avant, publie=queries.publication_de(avis), motif=motif, envoi=maintenant
        ),
        change=avis,
        tirage=tirage,
    )


@task()
def rediger_les_rectificatifs(
    reference: str, explication: str, dossier_modifie_le: str = ""
) -> None:
    """L'heure limite a changé :
    le rectificatif de chaque avis parti est prêt à envoyer, tout autre avis est réécrit.

    Rejouée, la tâche n'en écrit pas d'autre. Le dossier a pu changer du même acte :
    le modèle européen le dit dans le même rectificatif (BT-719).
    """
    consultation = Consultation.toutes.get(reference=reference)
    for suivi in queries.suivis_de(consultation):
        if suivi.a_reecrire:
            apres = a_l_heure_d_aujourd_hui(consultation, suivi.a_reecrire.structure)
            if apres != suivi.a_reecrire.structure:
                _reecrire(suivi.a_reecrire, apres)
        apres = a_l_heure_d_aujourd_hui(consultation, suivi.dernier.structure)
        if (
            suivi.parti
            and apres != suivi.dernier.structure
            and suivi.dernier.sorte != Avis.Sorte.ANNULATION
        ):
            dossier = (
                _jour(dossier_modifie_le) if suivi.parti.forme == Avis.Forme.EUROPEENNE else None
            )
            _rectifier(suivi, apres, explication, dossier=dossier)


@task()
def dire_que_le_dossier_a_change(reference: str, explication: str, le: str) -> None:
    """Le modèle européen dit quand le dossier change (BT-719) :
    son rectificatif est prêt, s'il est déjà parti.

    Le modèle national n'a pas cette mention :
    un avis national ne se rectifie que si ce qu'il annonce change.
    """
    for suivi in queries.suivis_de(Consultation.toutes.get(reference=reference)):
        contenu = suivi.dernier.structure
        deja_dit = contenu.changement is not None and explication in contenu.changement.explication
        europeen = suivi.dernier.forme == Avis.Forme.EUROPEENNE
        if (
            suivi.parti
            and europeen
            and not deja_dit
            and suivi.dernier.sorte != Avis.Sorte.ANNULATION
        ):
            _rectifier(suivi, contenu, explication, dossier=_jour(le))


@task()
def rediger_les_annulations(reference: str, motif: str) -> None:
    """La consultation est sans suite : l'annulation de chaque avis parti est prête.

    Ce qui n'est pas parti ne part plus.
    """
    for suivi in queries.suivis_de(Consultation.toutes.get(reference=reference)):
        if suivi.parti and suivi.dernier.sorte != Avis.Sorte.ANNULATION:
            annuler_un_avis(
                avis=suivi.parti, motif=motif, par=PLATEFORME, maintenant=horloge.maintenant()
            )


@task()
def rattraper(reference: str) -> None:
    """Un envoi se déclare ou se refuse après un changement :
    ce que ce changement appelle se rédige maintenant.
    """
    consultation = Consultation.toutes.get(reference=reference)
    if consultation.sans_suite_le is not None:
        rediger_les_annulations.func(reference, consultation.motif_sans_suite)
    elif consultation.publiee_le is not None:
        rediger_les_rectificatifs.func(
            reference, "La date limite de remise a changé après l'envoi de cet avis."
        )


def _reecrire(avis: Avis, apres: Contenu) -> None:
    """Réécrit l'avis, ou dit à la personne pourquoi il ne peut pas l'être."""
    try:
        reecrire_un_avis(avis=avis, apres=apres, par=PLATEFORME, maintenant=horloge.maintenant())
    except RegleEnfreinte as refus:
        _prevenir(avis, refus)


def _rectifier(
    suivi: Suivi[Avis], apres: Contenu, explication: str, *, dossier: date | None
) -> None:
    """Rédige, ou dit à la personne pourquoi le rectificatif ne se rédige pas :
    recommencer n'y changerait rien.

    Un rectificatif qui n'est pas parti se remplace : le nouveau dit aussi ce que le premier disait.
    """
    avis, dit = suivi.parti, suivi.dernier.structure.changement
    if avis is None:
        return
    if suivi.dernier != avis and dit is not None:
        explication = f"{dit.explication} {explication}"
        dossier = dossier or next(
            (m.dossier_modifie_le for m in dit.modifications if m.dossier_modifie_le), None
        )
    try:
        rectifier_un_avis(
            avis=avis,
            apres=apres,
            explication=explication,
            dossier_modifie_le=dossier,
            par=PLATEFORME,
            maintenant=horloge.maintenant(),
        )
    except RegleEnfreinte as refus:
        _prevenir(avis, refus)


def _prevenir(avis: Avis, refus: RegleEnfreinte) -> None:
    consultation = avis.consultation
    raisons = "\n".join(f"- {motif}" for motif in refus.motifs) or refus.message
    ecrire_a(
        consultation.redigee_par.courriel,
        cle=f"rectificatif-impossible:{avis.reference}:{raisons}",
        sujet=f"{_a_ecrire(avis)} est à écrire vous-même : {consultation.titre}",
        gabarit="avis/courriels/a_ecrire.txt",
        contexte={
            "personne": consultation.redigee_par,
            "consultation": consultation,
            "rectificatif": _a_ecrire(avis),
            "raisons": raisons,
            "page": lien_vers("avis:publicite", consultation.reference),
        },
        maintenant=horloge.maintenant(),
    )


def _a_ecrire(avis: Avis) -> str:
    return "L'avis rectificatif" if queries.est_envoye(avis) else "L'avis"


def _jour(le: str) -> date | None:
    return datetime.fromisoformat(le).astimezone(PARIS).date() if le else None

"""Indexer une consultation :
dans la transaction de l'acte qui la publie ou la change, jamais après.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from beffroi.achat.consultations.models import ChangementPublie, Consultation
from beffroi.publicite.recherche.models import AcheteurIndexe, FicheIndexee, MotConnu, ResteDeMot
from beffroi.publicite.recherche.rules import analyse, voisinage
from beffroi.publicite.recherche.rules.jetons import Contenu, departement_de, jetons_de
from formats.dates import PARIS

# Le petit index garde un jour les consultations closes : l'ouvrier n'a pas à passer à la seconde.
_REPIT = timedelta(days=1)
_REPORTS = (ChangementPublie.Sorte.DELAI, ChangementPublie.Sorte.SANS_SUITE)
_PAR_LOT = 2_000


class ParleDUneConsultation(Protocol):
    reference: str
    le: datetime


def suivre(evenement: ParleDUneConsultation) -> None:
    """Abonné : la consultation a été publiée, changée ou déclarée sans suite ;
    sa fiche change avec elle.
    """
    consultation = Consultation.toutes.select_related("organisme").get(
        reference=evenement.reference
    )
    if consultation.est_reservee:
        return
    indexer(consultation, le=evenement.le)


def indexer(consultation: Consultation, *, le: datetime) -> FicheIndexee:
    """Écrit ou réécrit la fiche d'une consultation publiée, ses mots et son acheteur."""
    organisme, contenu = consultation.organisme, contenu_de(consultation)
    publiee_le = consultation.publiee_le or le
    changements = list(consultation.changements.values_list("sorte", "le"))
    fiche, _ = FicheIndexee.objects.update_or_create(
        reference=consultation.reference,
        defaults={
            "titre": consultation.titre,
            "acheteur": organisme.nom,
            "siren": organisme.siren,
            "lieu": consultation.lieu,
            "departement": contenu.departement,
            "nature": consultation.nature,
            "procedure": consultation.type_de_procedure,
            "nombre_de_lots": len(contenu.lots),
            "publiee_le": publiee_le,
            "limite": consultation.limite,
            "sans_suite_le": consultation.sans_suite_le,
            "modifiee_le": max([publiee_le, *(instant for _, instant in changements)]),
            "reports": sum(sorte in _REPORTS for sorte, _ in changements),
            "versions": len(changements),
            "en_cours": consultation.sans_suite_le is None and consultation.limite >= le - _REPIT,
            "jetons": " ".join(jetons_de(contenu)),
        },
    )
    AcheteurIndexe.objects.update_or_create(
        siren=organisme.siren,
        defaults={
            "nom": organisme.nom,
            "nom_replie": analyse.replier(organisme.nom)[:400],
            "ville": organisme.ville,
            "departement": departement_de(
                code_commune=organisme.code_commune, code_postal=organisme.code_postal
            ),
        },
    )
    apprendre(mots_ecrits(contenu))
    return fiche


def contenu_de(consultation: Consultation) -> Contenu:
    organisme, lots = consultation.organisme, list(consultation.lots.all())
    if consultation.publiee_le is None:
        raise ValueError("Un brouillon n'entre pas dans l'index public.")
    return Contenu(
        titre=consultation.titre,
        objet=consultation.objet,
        lots=tuple(lot.intitule for lot in lots),
        lieu=consultation.lieu,
        ville=organisme.ville,
        acheteur=organisme.nom,
        siren=organisme.siren,
        departement=departement_de(
            code_commune=organisme.code_commune,
            code_postal=organisme.code_postal,
            lieu=consultation.lieu,
        ),
        nature=consultation.nature,
        procedure=consultation.type_de_procedure,
        cpv=tuple(filter(None, [consultation.code_cpv, *(lot.code_cpv for lot in lots)])),
        limite=consultation.limite.astimezone(PARIS).date(),
        publiee=consultation.publiee_le.astimezone(PARIS).date(),
        sans_suite=consultation.sans_suite_le is not None,
        reference=consultation.reference,
    )


def mots_ecrits(contenu: Contenu) -> dict[str, str]:
    """Chaque mot plein, et comment il s'écrit : « refection », « réfection »."""
    textes = (
        contenu.titre,
        contenu.objet,
        contenu.lieu,
        contenu.ville,
        contenu.acheteur,
        *contenu.lots,
    )
    ecrits: dict[str, str] = {}
    for morceau in analyse.morceaux(" ".join(textes)):
        for mot in analyse.mots_pleins(morceau):
            ecrits.setdefault(mot, morceau.lower()[:60] if analyse.mots(morceau) == [mot] else mot)
            if len(ecrits) >= analyse.MOTS_D_UNE_FICHE:
                return ecrits
    return ecrits


def apprendre(ecrits: dict[str, str]) -> None:
    """Ajoute les mots nouveaux, et ce qui reste d'eux sans une lettre.

    Un mot appris ne s'oublie qu'à la reprise.
    """
    corrigibles = [mot for mot in ecrits if voisinage.se_corrige(mot)]
    deja = set(MotConnu.objects.filter(mot__in=corrigibles).values_list("mot", flat=True))
    # Toujours dans le même ordre :
    # deux publications au même instant ne s'attendent pas l'une l'autre.
    nouveaux = sorted(set(corrigibles) - deja)
    MotConnu.objects.bulk_create(
        [MotConnu(mot=mot, ecrit=ecrits[mot], racine=analyse.racine(mot)) for mot in nouveaux],
        ignore_conflicts=True,
        batch_size=_PAR_LOT,
    )
    poses = MotConnu.objects.filter(mot__in=nouveaux).order_by("mot")
    ResteDeMot.objects.bulk_create(_restes(poses), ignore_conflicts=True, batch_size=_PAR_LOT)


def _restes(poses: Iterable[MotConnu]) -> list[ResteDeMot]:
    return [
        ResteDeMot(reste=reste, mot=pose) for pose in poses for reste in voisinage.restes(pose.mot)
    ]


def sortir(references: Iterable[str]) -> None:
    """Celles que l'acheteur a reprises :
    la recherche n'y mène plus, leur adresse dit où demander.
    """
    FicheIndexee.objects.filter(reference__in=list(references)).delete()


def sortir_les_closes(*, le: datetime) -> int:
    """Sort du petit index ce qui est clos depuis un jour."""
    return FicheIndexee.objects.filter(en_cours=True, limite__lt=le - _REPIT).update(en_cours=False)

"""Changer une convention signée : un avenant, que les deux parties signent (ruling 33)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.conventions import actes
from beffroi.centre.conventions.models import AvenantConvention, Convention, PieceDeConvention
from beffroi.centre.conventions.rules import avenant as regles
from beffroi.centre.conventions.rules.duree import Signatures, signature_recevable
from beffroi.centre.conventions.services.cycle import Signature, noter
from beffroi.centre.conventions.services.pieces import (
    empreintes,
    exiger_un_constat,
    exiger_un_vrai_retour,
    garder,
)
from beffroi.centre.conventions.states import COURENT
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from formats.dates import PARIS


@dataclass(frozen=True)
class Changement:
    """Ce que l'avenant change, et à partir de quand."""

    objet: str
    effet_voulu: date
    change_la_grille: bool = False


@transaction.atomic
def proposer(
    *, convention: Convention, changement: Changement, par: Acteur, maintenant: datetime
) -> AvenantConvention:
    """Écrit l'avenant, prêt à signer.

    Une grille nouvelle vaut au 1er janvier qui suit la signature.
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    if convention.etat not in COURENT:
        raise ConflitEtat(
            "Un avenant change une convention active. Rechargez la page pour voir où elle en est."
        )
    exiger(
        regles.effet_recevable(
            voulu=changement.effet_voulu, change_la_grille=changement.change_la_grille
        )
    )
    avenant = AvenantConvention.objects.create(
        convention=convention,
        numero=convention.avenants.count() + 1,
        objet=changement.objet.strip(),
        change_la_grille=changement.change_la_grille,
        effet_voulu=changement.effet_voulu,
        propose_le=maintenant,
    )
    convention.date_de_l_acte = maintenant.astimezone(PARIS).date()
    pieces = _produire(avenant, convention, maintenant=maintenant)
    donnees = {"avenant": avenant.reference, "pieces": empreintes(*pieces)}
    noter("proposer_un_avenant", convention, par=par, le=maintenant, donnees=donnees)
    return avenant


def _produire(
    avenant: AvenantConvention, convention: Convention, *, maintenant: datetime
) -> list[PieceDeConvention]:
    modele, document = actes.acte(
        "avenant", convention, maintenant=maintenant, autres=actes.de_l_avenant(avenant)
    )
    if document.manques():
        raise RegleEnfreinte("L'avenant garderait un blanc. Complétez les paramètres du centre.")
    sorte = PieceDeConvention.Sorte.AVENANT
    return [
        garder(
            convention,
            sorte,
            actes.rendre("avenant", convention, document, format_),
            maintenant=maintenant,
            modele=str(modele),
        )
        for format_ in ("pdf", "odt")
    ]


@transaction.atomic
def signer_un_avenant(
    *, avenant: AvenantConvention, signature: Signature, par: Acteur, maintenant: datetime
) -> AvenantConvention:
    """Garde l'avenant signé d'une partie ; à la seconde, son effet se calcule, et se garde."""
    avenant = verrouiller(avenant, avec=("convention__adherent__organisme",))
    propose = avenant.propose_le.astimezone(PARIS).date()
    aujourd_hui = maintenant.astimezone(PARIS).date()
    exiger(
        signature_recevable(
            le=signature.le, deliberation=min(propose, aujourd_hui), aujourd_hui=aujourd_hui
        )
    )
    champ = (
        "signe_par_l_adherent_le" if signature.partie == "adherent" else "signe_par_le_centre_le"
    )
    if getattr(avenant, champ) is not None:
        raise ConflitEtat("Cette partie a déjà signé cet avenant.")
    sorte = PieceDeConvention.Sorte.AVENANT
    exiger_un_vrai_retour(avenant.convention, sorte, signature.fichier)
    constat = exiger_un_constat(signature.fichier, signature.constat, par=par)
    piece = garder(
        avenant.convention, sorte, signature.fichier, maintenant=maintenant, constat=constat
    )
    setattr(avenant, champ, signature.le)
    avenant.effet_le = regles.effet_de_l_avenant(
        signatures=Signatures(avenant.signe_par_l_adherent_le, avenant.signe_par_le_centre_le),
        voulu=avenant.effet_voulu,
        change_la_grille=avenant.change_la_grille,
    )
    avenant.save(update_fields=[champ, "effet_le"])
    noter(
        "signer_un_avenant",
        avenant.convention,
        par=par,
        le=maintenant,
        donnees={
            "avenant": avenant.reference,
            "partie": signature.partie,
            "constat": signature.constat.strip(),
            "pieces": empreintes(piece),
        },
    )
    return avenant

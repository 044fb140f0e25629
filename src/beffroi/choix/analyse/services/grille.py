"""Arrêter la grille d'un lot :
les critères publiés, l'échelle, la formule du prix, avant d'avoir vu les prix si l'on peut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation.queries import achat_de
from beffroi.choix.analyse import conditions
from beffroi.choix.analyse.grille import PRIX, ecrire
from beffroi.choix.analyse.models import GrilleDAnalyse, Note, NoteRetenue
from beffroi.choix.analyse.rules import formules
from beffroi.choix.analyse.services.commun import est_valide, inscrire_au_journal
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.ports import lettres_parties
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from droit.achat import Critere


@dataclass(frozen=True)
class ChoixDeGrille:
    """Ce que l'acheteur arrête.

    `recopies` : les critères du règlement, quand la plateforme ne les connaît pas.
    """

    echelle: Decimal
    formule: str = ""
    parametres: Mapping[str, Decimal] = field(default_factory=dict)
    pse: Sequence[int] = ()
    recopies: Sequence[Critere] = ()
    motif: str = ""


def criteres_publies(
    consultation: Consultation, lot: int | None, *, le: datetime
) -> tuple[Critere, ...]:
    """Ceux de l'achat gelé à la publication ; aucun si le règlement n'a pas été écrit ici."""
    return achat_de(consultation, le=le).criteres_du_lot(lot)


@transaction.atomic
def arreter_la_grille(
    *,
    consultation: Consultation,
    lot: int | None,
    choix: ChoixDeGrille,
    par: Utilisateur,
    maintenant: datetime,
) -> GrilleDAnalyse:
    """Gèle les critères publiés et la méthode.

    La changer ensuite se motive ; les critères, eux, ne changent pas ici.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    exiger(conditions.rien_n_est_dit(parties=lettres_parties(consultation, lot)))
    if est_valide(consultation, lot):
        raise ConflitEtat("Le rapport de ce lot est validé : la grille ne change plus.")
    derniere = GrilleDAnalyse.objects.filter(
        consultation=consultation, lot=lot, remplacee_par=None
    ).first()
    publies = criteres_publies(consultation, lot, le=maintenant)
    criteres = list(publies or choix.recopies)
    exiger(
        conditions.peut_arreter_la_grille(
            etat=consultation.etat,
            noms=[c.nom for c in criteres],
            poids=[c.poids for c in criteres],
        )
    )
    exiger(conditions.sous_criteres_font_le_poids(criteres))
    geles = ecrire(criteres)
    _exiger_la_formule(criteres, choix)
    if derniere is not None:
        _exiger_de_pouvoir_changer(derniere, geles, choix)
    grille = GrilleDAnalyse.objects.create(
        consultation=consultation,
        lot=lot,
        criteres=geles,
        source=GrilleDAnalyse.Source.ACHAT if publies else GrilleDAnalyse.Source.REGLEMENT,
        echelle=choix.echelle,
        formule=choix.formule,
        parametres={code: f"{valeur:f}" for code, valeur in choix.parametres.items()},
        pse=sorted(set(choix.pse)),
        avant_ouverture=not un_prix_est_connu(consultation, lot),
        motif=choix.motif.strip() if derniere else "",
        remplace=derniere,
        arretee_le=maintenant,
        arretee_par=par,
    )
    inscrire_au_journal(
        consultation, "arreter_la_grille", par=par, le=maintenant, donnees=_au_journal(grille)
    )
    return grille


def un_prix_est_connu(consultation: Consultation, lot: int | None) -> bool:
    """Une offre de ce lot est ouverte, que la séance soit close ou non :
    la méthode se dit alors après coup.
    """
    return OuverturePli.objects.filter(
        seance__consultation=consultation,
        enveloppe__sorte="offre",
        enveloppe__lot=lot,
        etat=OuverturePli.Etat.OUVERTE,
    ).exists()


def _exiger_la_formule(criteres: Sequence[Critere], choix: ChoixDeGrille) -> None:
    if not any(c.sorte == PRIX and not c.sous_criteres for c in criteres):
        return
    if choix.formule not in formules.FORMULES:
        raise RegleEnfreinte("Choisissez la formule qui note le prix.")
    exiger(formules.verifier(choix.formule, choix.parametres))


def _exiger_de_pouvoir_changer(
    derniere: GrilleDAnalyse, geles: Sequence[object], choix: ChoixDeGrille
) -> None:
    offres = {"offre__consultation": derniere.consultation_id, "offre__lot": derniere.lot}
    notee = Note.objects.filter(**offres).exists() or NoteRetenue.objects.filter(**offres).exists()
    exiger(
        conditions.peut_changer_la_grille(
            motif=choix.motif, notee=notee, change_l_echelle=choix.echelle != derniere.echelle
        )
    )
    if notee and list(geles) != derniere.criteres:
        raise RegleEnfreinte("Des notes sont données sur ces critères : ils ne changent plus.")


def _au_journal(grille: GrilleDAnalyse) -> dict[str, object]:
    return {
        "lot": grille.lot,
        "criteres": grille.criteres,
        "source": grille.source,
        "echelle": f"{grille.echelle:f}",
        "formule": grille.formule,
        "parametres": grille.parametres,
        "pse": grille.pse,
        "avant_ouverture": grille.avant_ouverture,
        "motif": grille.motif,
        "remplace": grille.remplace_id,
    }

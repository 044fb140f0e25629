"""La procédure et les avis au regard des seuils, et l'ordre des parutions : RC-43 et RC-44."""

from datetime import datetime, timedelta

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Impossible, Reponses
from beffroi.achat.controles.rules.delais import dire
from beffroi.achat.controles.rules.faits import Projet
from beffroi.achat.controles.rules.seuils import besoin_du_projet
from droit.calendrier.heures import PARIS
from droit.dates import en_toutes_lettres
from droit.en_vigueur import DroitInconnu
from droit.regime import Choix, Proposition, proposer

_RANGS = {
    "sans_publicite": 0,
    "procedure_adaptee_ouverte": 1,
    "procedure_adaptee_restreinte": 1,
    "concession_sous_le_seuil": 1,
}
_FORMALISEE = 2


def _seuils(projet: Projet) -> Reponses:
    """Une procédure au moins aussi exigeante que celle du montant, et les avis qu'elle demande."""
    besoin = besoin_du_projet(projet)
    if besoin is None:
        yield Impossible(
            "Le montant estimé n'est pas dit : les seuils ne peuvent pas être comparés."
        )
        return
    try:
        due = proposer(besoin, projet.droit)
        suivie = proposer(besoin, projet.droit, retenue=projet.achat.procedure)
    except DroitInconnu as inconnu:
        yield Impossible(inconnu.phrase)
        return
    if _RANGS.get(projet.achat.procedure, _FORMALISEE) < _RANGS.get(
        due.procedure.valeur, _FORMALISEE
    ):
        yield _procedure_trop_legere(projet, due)
    else:
        yield from _supports(projet, suivie.publicite)


def _procedure_trop_legere(projet: Projet, due: Proposition) -> Ecart:
    return Ecart(
        quoi="La procédure est trop légère pour ce montant.",
        champ="procedure",
        trouve=projet.procedure.libelle,
        attendu=due.procedure.libelle,
        pourquoi=due.procedure.pourquoi[0].motif,
        remede="Choisissez la procédure attendue, ou corrigez le montant estimé.",
        doute=_petit_lot(due),
    )


def _petit_lot(due: Proposition) -> str:
    if due.petits_lots:
        libelle = due.petits_lots.libelle
        return (
            "Une procédure plus légère est permise pour une partie : "
            f"{libelle[0].lower()}{libelle[1:]}."
        )
    if due.procedure.valeur == "concours":
        return "Une réhabilitation ou une infrastructure dispense du concours."
    return ""


def _supports(projet: Projet, publicite: Choix) -> Reponses:
    permis = [publicite.valeurs, *(alternative.valeurs for alternative in publicite.alternatives)]
    exiges = [set(supports) - {"profil"} for supports in permis]
    choisis = set(projet.achat.publicite.supports)
    if not any(supports <= choisis for supports in exiges):
        yield Ecart(
            quoi="Les avis prévus ne suffisent pas pour ce montant.",
            champ="publicite.supports",
            trouve=", ".join(projet.achat.publicite.supports) or "aucun",
            attendu=publicite.libelle,
            pourquoi=publicite.pourquoi[0].motif,
            remede="Ajoutez les avis attendus.",
        )


def _ordre_des_parutions(projet: Projet) -> Reponses:
    """Rien de national avant le JOUE,
    ou 48 heures après sa confirmation (CCP, art. R. 2131-20 et R. 3122-5).
    """
    dates = projet.achat.dates
    if "JOUE" not in projet.achat.publicite.supports:
        return
    if dates.mise_en_ligne is None:
        yield Impossible("La date de mise en ligne n'est pas fixée.")
        return
    famille = "concession" if projet.achat.est_une_concession else "marche"
    attente = timedelta(hours=projet.droit.valeur(f"avis.attente_du_joue.{famille}").entier)
    apres_confirmation = (
        dates.confirmation_du_joue + attente if dates.confirmation_du_joue else None
    )
    parue = (
        dates.parution_au_joue is not None
        and dates.mise_en_ligne.astimezone(PARIS).date() >= dates.parution_au_joue
    )
    if parue or (apres_confirmation is not None and dates.mise_en_ligne >= apres_confirmation):
        return
    yield Ecart(
        quoi="La consultation serait en ligne avant l'avis européen.",
        trouve=dire(dates.mise_en_ligne),
        attendu=_quand(projet, apres_confirmation),
        remede=(
            "Attendez la parution européenne, ou 48 heures après la confirmation de sa réception."
        ),
        doute=""
        if dates.parution_au_joue or apres_confirmation
        else "Ni la parution ni la confirmation ne sont connues.",
    )


def _quand(projet: Projet, apres_confirmation: datetime | None) -> str:
    parution = projet.achat.dates.parution_au_joue
    if parution and apres_confirmation:
        return f"le {en_toutes_lettres(parution)}, ou à partir du {dire(apres_confirmation)}"
    if parution:
        return f"à partir du {en_toutes_lettres(parution)}"
    return (
        f"à partir du {dire(apres_confirmation)}" if apres_confirmation else "après l'avis européen"
    )


FONCTIONS = {
    "RC-43": Fonctions(projet=_seuils),
    "RC-44": Fonctions(projet=_ordre_des_parutions),
}

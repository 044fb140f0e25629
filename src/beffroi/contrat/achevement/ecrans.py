"""Ce que les écrans de l'achèvement montrent, prêt à l'emploi. Aucune décision ici."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.achevement import queries, redaction
from beffroi.contrat.achevement.assemblage import assembler
from beffroi.contrat.achevement.forms import AvisForm
from beffroi.contrat.achevement.queries import LotAcheve
from beffroi.contrat.achevement.rules import attribution as rules
from beffroi.contrat.achevement.rules import presentation
from beffroi.publicite.avis.models import Avis
from beffroi.publicite.avis.queries import attributions_ecrites, est_envoye, peut_partir
from formats.avis import AvisDAttribution, national_attribution, prevalider_l_attribution
from formats.avis.defaut import Defaut
from formats.dates import PARIS

INTITULES = {Avis.Forme.EUROPEENNE: "l'avis européen", Avis.Forme.NATIONALE: "l'avis national"}
TONS = {
    rules.Delai.SANS_OBJET: ("gris", "Aucun délai", ""),
    rules.Delai.COURT: ("cours", "À envoyer", "heure"),
    rules.Delai.PRESSE: ("attention", "Bientôt dû", "attente"),
    rules.Delai.DEPASSE: ("danger", "En retard", "alerte"),
    rules.Delai.A_TEMPS: ("ok", "Envoyé", ""),
    rules.Delai.HORS_DELAI: ("attention", "Envoyé en retard", "alerte"),
}
SANS_CONTRAT = ("gris", "Contrat à signer", "")
SANS_ATTRIBUTAIRE = ("gris", "Sans attributaire", "")


@dataclass(frozen=True)
class LigneDuLot:
    """Un lot, où en est son avis, et sa phrase."""

    lot: LotAcheve
    ton: str
    mot: str
    signe: str
    phrase: str


@dataclass(frozen=True)
class Mention:
    """Ce qui manque à l'avis, et où le dire : dans cette page, ou à l'adresse donnée."""

    phrase: str
    url: str = ""


def avis(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """Chaque lot et son délai, les avis déjà écrits, ceux qu'on peut écrire."""
    lots = queries.lots_de(consultation, le=le)
    exigence = queries.exigence_de(consultation, None, le=le.astimezone(PARIS).date())
    return {
        "lignes": [ligne_du_lot(lot) for lot in lots],
        "exigence": exigence,
        "ecrits": [
            (ecrit, _etat_de(ecrit)) for ecrit in reversed(attributions_ecrites(consultation))
        ],
        "formes": formes(exigence) if annoncables(lots) else [],
        "trimestre": _trimestre(consultation, lots, le=le),
        "retards": [lot for lot in lots if lot.delai.delai == rules.Delai.DEPASSE],
    }


def annoncables(lots: Sequence[LotAcheve]) -> list[LotAcheve]:
    return [lot for lot in lots if lot.est_conclu or lot.est_sans_attributaire]


def formes(exigence: rules.Exigence) -> list[tuple[str, str, bool]]:
    """L'européen d'abord s'il est exigé ; sinon le national, et l'européen de plein gré."""
    ordre = (Avis.Forme.EUROPEENNE, Avis.Forme.NATIONALE) if exigence.exige else tuple(Avis.Forme)
    return [
        (forme.value, INTITULES[forme], exigence.exige and forme == Avis.Forme.EUROPEENNE)
        for forme in ordre
    ]


def ligne_du_lot(lot: LotAcheve) -> LigneDuLot:
    if lot.est_sans_attributaire:
        dit = (
            "Il se dit dans l'avis, avec son motif."
            if lot.est_a_annoncer
            else "Son avis est parti."
        )
        return LigneDuLot(lot, *SANS_ATTRIBUTAIRE, phrase=dit)
    if not lot.est_conclu:
        return LigneDuLot(
            lot, *SANS_CONTRAT, phrase="Le délai de l'avis court de la signature du contrat."
        )
    return LigneDuLot(lot, *TONS[lot.delai.delai], phrase=lot.delai.phrase)


def _etat_de(ecrit: Avis) -> tuple[str, str, str]:
    if est_envoye(ecrit):
        return "ok", "Envoyé", ""
    if not peut_partir(ecrit).favorable:
        return "gris", "Remplacé", ""
    if any(parution.motif_du_refus for parution in ecrit.parutions.all()):
        return "danger", "Refusé", "alerte"
    return "attention", "À envoyer", "crayon"


def _trimestre(consultation: Consultation, lots: Sequence[LotAcheve], *, le: datetime) -> Any:
    """Des services sociaux :
    le jour jusqu'auquel les avis groupés du trimestre peuvent partir (art. R. 2183-4).
    """
    if not queries.est_social_au_dessus_du_seuil(consultation, le=le.astimezone(PARIS).date()):
        return None
    signes = [lot.marche.signe_le for lot in lots if lot.marche and lot.marche.signe_le]
    return rules.dernier_jour_d_un_groupe(signe=min(signes)) if signes else None


def ecriture(
    consultation: Consultation,
    form: AvisForm,
    lots: Sequence[LotAcheve],
    *,
    forme: str,
    le: datetime,
) -> dict[str, Any]:
    """L'avis tel qu'il serait écrit, et ce qui lui manque."""
    if form.is_bound and not form.is_valid():
        return {"mentions": [], "texte": "", "intitule": INTITULES[Avis.Forme(forme)]}
    choisis = (
        set(form.numeros()) if form.is_bound else {int(numero) for numero in form.initial["lots"]}
    )
    retenus = [lot for lot in lots if lot.numero in choisis]
    tire = assembler(consultation, retenus, form.complements(), forme=forme, le=le)
    return {
        "intitule": INTITULES[Avis.Forme(forme)],
        "sous_type": tire.avis.sous_type,
        "mentions": mentions(consultation, tire),
        "texte": national_attribution.texte(tire),
    }


def mentions(consultation: Consultation, tire: AvisDAttribution) -> list[Mention]:
    """Chaque défaut une fois, avec son remède et sa page quand ce n'est pas celle-ci."""
    dites = [_mention(consultation, tire, defaut) for defaut in prevalider_l_attribution(tire)]
    return list({dite.phrase: dite for dite in dites}.values())


def _mention(consultation: Consultation, tire: AvisDAttribution, defaut: Defaut) -> Mention:
    avis_ = tire.avis
    communs = {
        avis_.acheteur.organisation.nom,
        avis_.recours.tribunal.nom,
        "l'acheteur",
        "le tribunal",
    }
    du_commun = defaut.lieu in communs or "acheteur" in defaut.champ or "tribunal" in defaut.champ
    lieu = f" ({defaut.lieu})" if defaut.lieu else ""
    phrase = f"{defaut.phrase.rstrip('.')}{lieu}. {defaut.remede}".rstrip()
    return Mention(
        phrase, reverse("avis:coordonnees", args=(consultation.reference,)) if du_commun else ""
    )


def rapport(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """Le devoir, les versions, et ce que la prochaine contiendra."""
    return {
        "devoir": devoir(consultation, le=le),
        "rapports": queries.rapports_de(consultation),
        "a_dire": redaction.a_de_quoi_dire(consultation, le=le),
        "motifs_dus": presentation.demande_les_motifs_de_la_procedure(
            consultation.type_de_procedure
        ),
    }


def devoir(consultation: Consultation, *, le: datetime) -> presentation.Devoir:
    jour = le.astimezone(PARIS).date()
    exigence = queries.exigence_de(consultation, None, le=jour)
    return presentation.devoir_de(
        formalise=exigence.exige,
        concession=consultation.est_concession,
        entite_adjudicatrice=consultation.type_d_acheteur == "entite_adjudicatrice",
        le=jour,
    )


def apercu(consultation: Consultation, *, le: datetime) -> Any:
    """Le document tel qu'il serait établi, avec ce qui est déjà dit."""
    return redaction.composer(consultation, redaction.deja_dits(consultation, le=le), etabli_le=le)

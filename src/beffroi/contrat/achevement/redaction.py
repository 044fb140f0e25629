"""Le rapport de présentation :
ce que la plateforme sait de la procédure, dans l'ordre des articles R. 2184-2 et R. 2184-3.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import prefetch_related_objects

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation.queries import achat_de, est_preparee
from beffroi.choix.analyse.models import Evaluateur
from beffroi.choix.analyse.queries.lecture import analyse_de
from beffroi.choix.attribution.models import SuiteDonnee
from beffroi.choix.attribution.queries import attributions_de
from beffroi.choix.attribution.queries.classement import classement_de
from beffroi.choix.attribution.rules.decisions import RENONCIATIONS, Fondement
from beffroi.choix.candidatures.queries import candidatures
from beffroi.contrat.achevement import queries
from beffroi.contrat.achevement.queries import LotAcheve
from beffroi.contrat.marches.models import Marche
from beffroi.publicite.avis.queries import attributions_ecrites, avis_de
from formats import dates
from formats.document import (
    Bloc,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Liste,
    Paragraphe,
    Phrase,
    gras,
    phrase,
)
from formats.pluriels import enumerer
from formats.sommes import en_euros

TITRE = "Rapport de présentation"
DITS = (
    "recours",
    "allotissement",
    "chiffre_d_affaires",
    "hors_electronique",
    "etudes",
    "conflits",
    "sous_traitance",
    "autres",
)
Textes = Mapping[str, str]
RIEN = "Néant."


def a_de_quoi_dire(consultation: Consultation, *, le: datetime) -> bool:
    """Un lot au moins est attribué, ou abandonné."""
    return any(ligne.attribution for ligne in attributions_de(consultation, le=le))


def deja_dits(consultation: Consultation, *, le: datetime) -> dict[str, str]:
    """Ce que la dernière version disait ; sinon, ce que l'achat et l'analyse en savent."""
    rapports = queries.rapports_de(consultation)
    if rapports:
        return {nom: getattr(rapports[0], nom) for nom in DITS}
    dits = dict.fromkeys(DITS, "")
    dits["conflits"] = "\n".join(_retraits(consultation))
    dits["sous_traitance"] = "\n".join(_sous_traitants(queries.lots_de(consultation, le=le)))
    if est_preparee(consultation):
        achat = achat_de(consultation, le=le)
        dits["allotissement"] = achat.allotissement.motif_sans_lot
        dits["chiffre_d_affaires"] = achat.candidature.motif_du_chiffre_d_affaires
        dits["hors_electronique"] = achat.depot_sur_papier
    return dits


def _retraits(consultation: Consultation) -> Iterator[str]:
    """Un évaluateur retiré l'a été pour une raison, qui est souvent celle-là :
    la personne garde ou retire.
    """
    retires = Evaluateur.objects.filter(
        consultation=consultation, retire_le__isnull=False
    ).select_related("utilisateur")
    for evaluateur in retires:
        yield f"{evaluateur.utilisateur.nom} n'évalue plus : {evaluateur.motif_du_retrait}"


def _sous_traitants(lots: Iterable[LotAcheve]) -> Iterator[str]:
    lots = list(lots)
    prefetch_related_objects([lot.marche for lot in lots if lot.marche], "sous_traitances")
    for lot in lots:
        for acte in lot.marche.sous_traitances.all() if lot.marche else ():
            yield f"{lot.ligne.nom} : {acte.nom}, {acte.prestations}, {en_euros(acte.montant)} HT."


def composer(consultation: Consultation, dits: Textes, *, etabli_le: datetime) -> Document:
    """Le même document, en ODT pour le retoucher, en PDF pour le garder."""
    lots = queries.lots_de(consultation, le=etabli_le)
    return Document(
        titre=TITRE,
        objet=consultation.titre,
        reference=consultation.reference,
        emetteur=Emetteur(consultation.organisme.nom, consultation.organisme.adresse),
        etabli_le=etabli_le,
        chapitres=(
            Chapitre("L'acheteur et le marché", tuple(_marche(consultation, lots))),
            Chapitre(
                "Les candidatures non retenues, et pourquoi",
                tuple(_candidatures(consultation, retenues=False)),
            ),
            Chapitre(
                "Les candidatures retenues, et pourquoi",
                tuple(_candidatures(consultation, retenues=True)),
            ),
            Chapitre(
                "Les offres non retenues, et pourquoi", tuple(_par_lot(lots, _offres_rejetees))
            ),
            Chapitre("Les titulaires, et pourquoi", tuple(_titulaires(lots, dits))),
            Chapitre(
                "Les lots auxquels l'acheteur a renoncé, et pourquoi",
                tuple(_par_lot(lots, _renonciation)),
            ),
            Chapitre("Les choix de la procédure", tuple(_choix(dits))),
            Chapitre("L'égalité entre les entreprises", tuple(_egalite(consultation, dits))),
            Chapitre("Autres éléments", (_texte(dits, "autres"),)),
        ),
    )


def _marche(consultation: Consultation, lots: list[LotAcheve]) -> Iterator[Bloc]:
    organisme = consultation.organisme
    adresse = ", ".join(
        filter(None, (organisme.adresse, f"{organisme.code_postal} {organisme.ville}".strip()))
    )
    valeur = sum((lot.marche.maximum or lot.marche.montant for lot in lots if lot.marche), start=0)
    lignes = [
        ("Acheteur", f"{organisme.nom}, {adresse}" if adresse else organisme.nom),
        ("Objet", consultation.objet),
        ("Procédure", consultation.procedure.libelle),
        (
            "Valeur",
            f"{en_euros(valeur)} hors taxes" if valeur else "Aucun contrat n'est encore ouvert",
        ),
        (
            "Publiée le",
            dates.jour(consultation.publiee_le) if consultation.publiee_le else "Non publiée ici",
        ),
        ("Heure limite", dates.jour_et_heure(consultation.limite)),
    ]
    yield Fiche(tuple((nom, phrase(dit)) for nom, dit in lignes))
    avis = [*avis_de(consultation), *attributions_ecrites(consultation)]
    partis = [
        (
            f"{ecrit.get_sorte_display()}, {parution.support_lisible} : "
            f"envoyé le {dates.jour(parution.envoyee_le)}"
        )
        for ecrit in avis
        for parution in ecrit.parutions.all()
        if parution.envoyee_le
    ]
    if partis:
        yield Paragraphe(phrase(gras("La publicité.")))
        yield Liste(tuple(phrase(parti) for parti in partis))


def _candidatures(consultation: Consultation, *, retenues: bool) -> Iterator[Bloc]:
    lignes = []
    for recue in candidatures(consultation):
        rejets = dict(recue.rejets)
        if retenues and (recue.est_retenue or (recue.est_a_decider and not rejets)):
            decisions = [d.motif for d in recue.decisions.values() if d.retenue and d.motif]
            pourquoi = (
                " ".join(dict.fromkeys(decisions))
                or "elle remplit les conditions de participation."
            )
            lignes.append(phrase(gras(f"{recue.pli.equipe.nom} :"), f" {pourquoi}"))
        if not retenues:
            lignes += [
                phrase(
                    gras(f"{recue.pli.equipe.nom}{f', lot {lot}' if lot else ''} :"),
                    f" {motif}",
                )
                for lot, motif in rejets.items()
            ]
    yield Liste(tuple(lignes)) if lignes else Paragraphe(phrase(RIEN))


def _par_lot(
    lots: list[LotAcheve], dire: Callable[[LotAcheve], Iterator[Phrase]]
) -> Iterator[Bloc]:
    elements = [element for lot in lots for element in dire(lot)]
    yield Liste(tuple(elements)) if elements else Paragraphe(phrase(RIEN))


def _offres_rejetees(lot: LotAcheve) -> Iterator[Phrase]:
    """Le motif que la lettre disait ;
    à défaut, ce que l'analyse a retenu contre l'offre, anormalement basse comprise.
    """
    choisis = {retenue.pli.equipe_id for retenue in lot.ligne.retenues}
    dits = {
        suite.pli.equipe_id: suite
        for suite in lot.ligne.suites
        if suite.issue == SuiteDonnee.Issue.REJETEE
    }
    decision = lot.ligne.attribution or lot.ligne.proposition
    if decision is None:
        return  # Rien n'est décidé : rien n'est rejeté.
    places = {
        place.pli.equipe_id: place
        for place in reversed(classement_de(decision.consultation, lot.ligne.lot))
    }
    for soumissionnaire in lot.ligne.soumissionnaires:
        cle = soumissionnaire.equipe.pk
        if cle in choisis or not soumissionnaire.en_lice:
            continue
        suite, place = dits.get(cle), places.get(cle)
        motif = (suite.motif if suite else "") or (place.motif if place else "")
        elimination = f"{place.elimination}. " if place and place.elimination else ""
        rang = f"Classée {place.rang}. " if place and place.rang else ""
        yield phrase(
            gras(f"{_prefixe(lot)}{soumissionnaire.nom} :"),
            f" {elimination}{rang}{motif or 'motif à dire.'}",
        )


def _prefixe(lot: LotAcheve) -> str:
    return f"Lot {lot.ligne.lot}, " if lot.ligne.lot else ""


def _titulaires(lots: list[LotAcheve], dits: Textes) -> Iterator[Bloc]:
    elements = [element for lot in lots if lot.ligne.pli for element in _titulaire(lot)]
    yield Liste(tuple(elements)) if elements else Paragraphe(phrase(RIEN))
    yield Paragraphe(
        phrase(
            gras("La sous-traitance que le titulaire prévoit."), f" {_dit(dits, 'sous_traitance')}"
        )
    )


def _titulaire(lot: LotAcheve) -> Iterator[Phrase]:
    attribution = lot.ligne.attribution
    if attribution is None or attribution.pli is None:
        return
    noms = _noms(lot.marche) or attribution.noms
    montants = enumerer([en_euros(retenue.montant) for retenue in attribution.retenues])
    montant = f", {montants} hors taxes" if montants else ""
    avantages = [retenue.avantages for retenue in attribution.retenues]
    raisons = " ".join(filter(None, (attribution.motif, *avantages, attribution.motif_de_l_ecart)))
    yield phrase(gras(f"{_prefixe(lot)}{noms}{montant} :"), f" {raisons}")


def _noms(marche: Marche | None) -> str:
    return (
        ", ".join(marche.titulaires.filter(jusqu_au=None).values_list("nom", flat=True))
        if marche
        else ""
    )


def _renonciation(lot: LotAcheve) -> Iterator[Phrase]:
    attribution = lot.ligne.attribution
    if attribution is not None and not attribution.est_attribuee:
        libelle = RENONCIATIONS[Fondement(attribution.fondement)].libelle
        yield phrase(gras(f"{lot.ligne.nom} :"), f" {libelle}. {attribution.motif}")


def _choix(dits: Textes) -> Iterator[Bloc]:
    for titre, nom in (
        ("Le recours à cette procédure.", "recours"),
        ("L'absence de lots.", "allotissement"),
        ("Le chiffre d'affaires exigé.", "chiffre_d_affaires"),
        ("La transmission autrement que par voie électronique.", "hors_electronique"),
    ):
        yield Paragraphe(phrase(gras(titre), f" {_dit(dits, nom)}"))


def _egalite(consultation: Consultation, dits: Textes) -> Iterator[Bloc]:
    yield Paragraphe(
        phrase(gras("Les études et les échanges préalables."), f" {_dit(dits, 'etudes')}")
    )
    yield Paragraphe(phrase(gras("Les conflits d'intérêts."), f" {_dit(dits, 'conflits')}"))
    declares = [
        e.utilisateur.nom for e in analyse_de(consultation, None).evaluateurs if e.sans_conflit_le
    ]
    if declares:
        noms = ", ".join(dict.fromkeys(declares))
        yield Paragraphe(
            phrase(f"Ont déclaré ne pas avoir de conflit d'intérêts avant de noter : {noms}.")
        )


def _texte(dits: Textes, nom: str) -> Paragraphe:
    return Paragraphe(phrase(_dit(dits, nom)))


def _dit(dits: Textes, nom: str) -> str:
    return dits.get(nom, "").strip() or RIEN

"""Ce que les écrans des candidatures montrent, prêt à l'emploi."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtapeApresOuverture
from beffroi.achat.preparation.queries import achat_de
from beffroi.choix.candidatures import cumuls, examen, ports, queries, rules
from beffroi.choix.candidatures.lettres import COMPLEMENT
from beffroi.choix.candidatures.models import (
    DecisionSurCandidature,
    DemandeDeComplement,
    OrdreDExamen,
    Preuve,
)
from beffroi.choix.candidatures.queries import Candidature
from beffroi.choix.candidatures.services import faits_de
from beffroi.choix.echanges.models import PieceJointe
from beffroi.personnes.entreprises.rules import identite_d_un_membre
from beffroi.reponse.depots.models import Pli
from droit.achat import Achat
from droit.calendrier.heures import PARIS
from droit.citation import Source

FORMES = {
    "conjoint": "Groupement conjoint",
    "conjoint_mandataire_solidaire": "Groupement conjoint, mandataire solidaire",
    "solidaire": "Groupement solidaire",
}


@dataclass(frozen=True)
class DecisionAffichee:
    """La décision d'un lot : son signe, sa base et l'article qui la fonde."""

    lot: int | None
    decision: DecisionSurCandidature | None
    source: Source | None

    @property
    def signe(self) -> tuple[str, str, str]:
        if self.decision is None:
            return "gris", "À décider", ""
        return ("ok", "Admise", "") if self.decision.retenue else ("gris", "Écartée", "croix")


@dataclass(frozen=True)
class PreuveAffichee:
    """Une preuve, et ce que vaut sa date aujourd'hui."""

    preuve: Preuve
    perimee: bool

    @property
    def signe(self) -> tuple[str, str, str]:
        if self.perimee:
            return "attention", "Périmée", "alerte"
        return (
            ("ok", "Valable", "")
            if self.preuve.valable_jusqu_au
            else ("gris", "Sans date de fin", "")
        )


def grille(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """Toutes les candidatures, ce qui manque, ce qui se cumule, et ce que l'achat exigeait."""
    recues = queries.candidatures(consultation)
    dossiers = examen.dossiers(consultation, recues, le=le)
    achat = achat_de(consultation, le=consultation.publiee_le or le)
    possible = rules.peut_examiner(etat=consultation.etat)
    return {
        "lignes": [
            (dossier, decisions_affichees(consultation, dossier.candidature))
            for dossier in dossiers
        ],
        "examinables": possible.favorable,
        "raisons": possible.motifs,
        "cumuls": cumuls_de(consultation, recues, achat),
        "exigences": exigences(achat),
        "ordre": OrdreDExamen.Ordre(examen.ordre_de(consultation)),
        "ordre_se_choisit": possible.favorable
        and consultation.procedure.cle in rules.OFFRES_D_ABORD,
        "a_completer": [d for d in dossiers if d.manquantes and d.candidature.est_a_decider],
        "en_deux_temps": consultation.procedure.en_deux_temps,
    }


def decisions_affichees(
    consultation: Consultation, candidature: Candidature
) -> list[DecisionAffichee]:
    return [
        DecisionAffichee(
            lot,
            decision := candidature.decisions.get(lot),
            rules.fondement(decision.base, concession=consultation.est_concession)
            if decision
            else None,
        )
        for lot in candidature.lots
        if candidature.est_a_decider
    ]


def cumuls_de(
    consultation: Consultation, recues: list[Candidature], achat: Achat
) -> tuple[cumuls.Cumul, ...]:
    """Les mêmes entreprises dans plusieurs réponses ouvertes ;
    ce qui est resté scellé ne s'en mêle pas.
    """
    return cumuls.cumuls(
        [participation(candidature) for candidature in recues if candidature.est_a_decider],
        interdit=achat.candidature.cumul_de_candidatures_interdit,
        concession=consultation.est_concession,
    )


def participation(candidature: Candidature) -> cumuls.Participation:
    pli = candidature.pli
    return cumuls.Participation(
        reference=pli.reference,
        nom=pli.equipe.nom,
        mandataire=identite_d_un_membre(pli.equipe.numero_d_entreprise),
        membres=tuple((identite_d_un_membre(m["identifiant"]), m["nom"]) for m in membres_de(pli)),
        lots=frozenset(candidature.lots),
    )


def membres_de(pli: Pli) -> list[dict[str, str]]:
    return list(pli.groupement.get("membres", []))


def exigences(achat: Achat) -> list[tuple[str, str, Source | None]]:
    """Ce que l'achat exige des candidats, à contrôler : le chiffre d'affaires, la réserve."""
    dites: list[tuple[str, str, Source | None]] = []
    concession = achat.est_une_concession
    demande = achat.candidature
    if demande.chiffre_d_affaires_minimal is not None:
        minimal = f"{demande.chiffre_d_affaires_minimal:,.0f}".replace(
            ",", "\N{NARROW NO-BREAK SPACE}"
        )
        source = None if concession else rules.CHIFFRE_D_AFFAIRES
        dites.append(("Chiffre d'affaires annuel minimal", f"{minimal} € hors taxes", source))
    reserves = [
        (None, demande.reserve_a),
        *((lot.numero, lot.reserve_a) for lot in achat.allotissement.lots),
    ]
    for numero, a_qui in reserves:
        if a_qui:
            nom = f"Lot {numero} réservé" if numero else "Marché réservé"
            dites.append((nom, a_qui, None if concession else rules.RESERVE))
    return dites


def une_candidature(
    consultation: Consultation, candidature: Candidature, *, le: datetime
) -> dict[str, Any]:
    """Une candidature à examiner :
    ses pièces, son groupement, ce qui en est revenu, ses preuves, ses décisions.
    """
    [dossier] = examen.dossiers(consultation, [candidature], le=le)
    pli = candidature.pli
    possible = rules.peut_examiner(etat=consultation.etat)
    achat = achat_de(consultation, le=consultation.publiee_le or le)
    tous = cumuls_de(consultation, queries.candidatures(consultation), achat)
    return {
        "dossier": dossier,
        "pli": pli,
        "forme": FORMES.get(pli.groupement.get("forme", ""), ""),
        "membres": membres_de(pli),
        "decisions": decisions_affichees(consultation, candidature),
        "passees": decisions_passees(pli),
        "preuves": preuves_affichees(pli, le=le),
        "examinable": possible.favorable,
        "raisons": possible.motifs,
        "fige": [
            m
            for lot in candidature.lots
            for m in rules.peut_decider(faits_de(consultation, lot)).motifs
        ][:1],
        "cumuls": [cumul for cumul in tous if pli.reference in cumul.plis],
    }


def decisions_passees(pli: Pli) -> list[DecisionSurCandidature]:
    """Celles qu'une autre a remplacées : elles restent lisibles."""
    remplacees = pli.decisions_de_candidature.filter(remplacee_par__isnull=False)
    return list(remplacees.select_related("prise_par"))


def preuves_affichees(pli: Pli, *, le: datetime) -> list[PreuveAffichee]:
    jour = le.astimezone(PARIS).date()
    return [PreuveAffichee(preuve, preuve.est_perimee(jour)) for preuve in queries.preuves_de(pli)]


def complements(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """À qui écrire, quoi lui demander, et le délai que d'autres ont déjà."""
    recues = [c for c in queries.candidatures(consultation) if c.est_a_decider]
    en_cours = examen.delais_en_cours(consultation, le=le)
    return {
        "a_completer": [
            dossier
            for dossier in examen.dossiers(consultation, recues, le=le)
            if dossier.manquantes
        ],
        "deja": en_cours[0] if en_cours else None,
        "lettre": COMPLEMENT.texte,
        "raisons": rules.peut_examiner(etat=consultation.etat).motifs,
    }


def preuves(
    consultation: Consultation, candidature: Candidature, *, le: datetime
) -> dict[str, Any]:
    """La page des preuves : ce qu'on a, ce que l'entreprise a envoyé, et où le demander."""
    pli = candidature.pli
    deja = {
        demande.pli.equipe.nom
        for demande in DemandeDeComplement.objects.filter(
            pli__consultation=consultation, objet=DemandeDeComplement.Objet.PREUVES
        ).select_related("pli__equipe")
    }
    [dossier] = examen.dossiers(consultation, [candidature], le=le)
    return {
        "pli": pli,
        "dossier": dossier,
        "preuves": preuves_affichees(pli, le=le),
        "service_branche": ports.preuves_officielles().est_branche,
        "avertissements": rules.preuves_a_demander(
            en_deux_temps=consultation.procedure.en_deux_temps,
            deja_a=sorted(deja),
            a=pli.equipe.nom,
        ).motifs,
        "examinable": rules.peut_examiner(etat=consultation.etat).favorable,
    }


def pieces_envoyees(pli: Pli) -> list[PieceJointe]:
    """Ce que l'entreprise a joint à ses réponses, dans la messagerie de cette consultation."""
    pieces = PieceJointe.objects.filter(
        retour__fil__consultation=pli.consultation, retour__fil__equipe=pli.equipe
    )
    return list(pieces.select_related("retour__fil").order_by("-retour__recu_le", "pk"))


def etape(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """La première étape après l'ouverture, pour la page de suivi."""
    if consultation.etat != Consultation.Etat.DEPOUILLEE:
        return None
    recues = queries.candidatures(consultation)
    a_decider = sum(len(c.lots) - len(c.decisions) for c in recues if c.est_a_decider)
    attend = a_decider > 0 and not queries.candidats_invites(consultation)
    return EtapeApresOuverture(
        nom="Candidatures",
        phrase=phrase(len(recues), a_decider),
        url=reverse("candidatures:grille", args=(consultation.reference,)),
        geste="Examiner les candidatures" if attend else "Voir les candidatures",
        attend=attend,
    )


def phrase(recues: int, a_decider: int) -> str:
    if not recues:
        return "Aucune candidature n'est ouverte."
    if not a_decider:
        return "Chaque candidature est décidée."
    reste = "décision reste" if a_decider == 1 else "décisions restent"
    return f"{a_decider} {reste} à prendre."

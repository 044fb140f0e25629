"""Ce que la fiche d'une convention montre : où elle en est, ce qui presse, son histoire."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beffroi.centre.conventions import queries
from beffroi.centre.conventions.gestes_de_l_ecran import Regard, gestes_possibles
from beffroi.centre.conventions.models import Convention, Denonciation
from beffroi.centre.conventions.permissions import ACTES
from beffroi.centre.conventions.ports import ce_qui_est_renvoye, clause_de_sous_traitance
from beffroi.centre.conventions.rules import duree, lettres
from beffroi.centre.conventions.rules.fin import fin_apres
from beffroi.centre.conventions.rules.litige import amiable_jusqu_au
from beffroi.centre.conventions.states import COURENT, Etat
from beffroi.centre.propositions import queries as propositions
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.journal.queries import histoire
from droit.dates import en_toutes_lettres
from droit.decision import Motif
from formats.dates import PARIS

TONS = {
    Etat.DEMANDE: "cours",
    Etat.PROJET: "cours",
    Etat.CHEZ_LA_COLLECTIVITE: "attention",
    Etat.DELIBERATION_RECUE: "cours",
    Etat.SIGNEE: "cours",
    Etat.ACTIVE: "ok",
    Etat.A_RENOUVELER: "attention",
    Etat.DENONCEE: "attention",
    Etat.CLOSE: "gris",
}
MOTS_DU_JOURNAL = {
    "convention.ouvrir": "Demande reçue",
    "convention.preparer": "Projet préparé",
    "convention.envoyer": "Projet envoyé à la collectivité",
    "convention.relancer": "Collectivité relancée",
    "apport.recevoir": "Document renvoyé par la collectivité",
    "apport.retenir": "Document renvoyé, vérifié et retenu",
    "apport.faire_refaire": "Autre document demandé à la collectivité",
    "apport.oublier": "Document renvoyé devenu sans objet",
    "convention.reprendre": "Projet repris",
    "convention.recevoir_la_deliberation": "Délibération reçue",
    "convention.produire": "Exemplaire à signer produit",
    "convention.deposer_une_signature": "Exemplaire signé déposé",
    "convention.signer": "Signée des deux parties : la prise d'effet est fixée",
    "convention.reprendre_une_signee": "Reprise : signée hors de Beffroi",
    "convention.annuler_la_reprise": "Reprise annulée",
    "convention.activer": "Activée : les comptes s'ouvrent",
    "convention.approcher_du_terme": "Le terme approche",
    "convention.reconduire": "Reconduite",
    "convention.denoncer": "Dénoncée",
    "convention.noter_la_lettre": "Lettre et preuve gardées",
    "convention.annuler_la_denonciation": "Dénonciation annulée",
    "convention.revenir_sur_la_fin": "Fin pour impayé reprise : la convention court de nouveau",
    "proposition.proposer": "Décision proposée",
    "proposition.ecarter": "Proposition écartée",
    "convention.noter_la_copie": "Copie aux Archives départementales notée",
    "convention.clore": "Close : plus de consultation nouvelle",
    "convention.noter_la_remise": "Export complet remis",
    "convention.noter_l_accuse": "Accusé de réception de l'adhérent",
    "convention.noter_l_effacement": "Certificat d'effacement délivré",
    "convention.finir_la_sous_traitance": "Clause de sous-traitance finie",
    "convention.ecarter": "Demande écartée",
    "convention.proposer_un_avenant": "Avenant proposé",
    "convention.signer_un_avenant": "Avenant signé par une partie",
    "convention.ouvrir_un_litige": "Litige ouvert",
    "convention.noter_un_echange": "Échange du litige noté",
    "convention.porter_au_tribunal": "Litige porté au tribunal",
    "convention.clore_le_litige": "Litige clos",
}


@dataclass(frozen=True)
class Pas:
    """Une ligne de l'histoire, tirée du journal."""

    le: datetime
    quoi: str
    par: str


def histoire_de(convention: Convention) -> list[Pas]:
    """Ce que le journal retient, le plus récent d'abord."""
    return [
        Pas(ecriture.le, MOTS_DU_JOURNAL.get(ecriture.acte, ecriture.acte), ecriture.acteur_libelle)
        for ecriture in reversed(list(histoire(convention.reference)))
    ]


def fiche(convention: Convention, habilitation: Habilitation, *, le: datetime) -> dict[str, Any]:
    """Tout ce que la page d'une convention montre à cette personne du centre."""
    jour = le.astimezone(PARIS).date()
    denonciation = queries.denonciation_en_cours(convention)
    proposees = propositions.sur(convention.reference)
    renvoyes = ce_qui_est_renvoye().get(convention.pk, ())
    regard = Regard(
        habilitation,
        proposees,
        finie_par=denonciation.par if denonciation else "",
        renvoyes=frozenset(un.attendu for un in renvoyes),
    )
    en_cours = queries.consultations_en_cours(convention) if denonciation else []
    return {
        "convention": convention,
        "ton": TONS[Etat(convention.etat)],
        "gestes": gestes_possibles(convention, regard),
        "proposees": list(proposees.values()),
        "renvoyes": renvoyes,
        "deliberation_renvoyee": next(
            (un for un in renvoyes if un.attendu == "deliberation"), None
        ),
        "exemplaire_renvoye": next((un for un in renvoyes if un.attendu == "exemplaire"), None),
        "permis": {acte: permet(habilitation, acte, ACTES) for acte in ACTES},
        "peut_finir": convention.etat in COURENT,
        "alertes": alertes(convention, denonciation, jour=jour),
        "denonciation": denonciation,
        "clause": clause_de_sous_traitance(convention),
        "extinction": lettres.fin_de_l_extinction(convention.fin) if convention.fin else None,
        "en_cours": en_cours,
        "pieces": queries.par_importance(convention.pieces.all()),
        "avenants": list(convention.avenants.all()),
        "litiges": [
            (litige, amiable_jusqu_au(litige.ouvert_le)) for litige in convention.litiges.all()
        ],
        "histoire": histoire_de(convention),
    }


def alertes(
    convention: Convention, denonciation: Denonciation | None, *, jour: date
) -> list[Motif]:
    """Ce qui demande un regard. Aucune n'empêche rien."""
    dues: list[Motif | None] = []
    if convention.terme and convention.etat in COURENT:
        mois = duree.alerte_due(convention.terme, le=jour)
        dues.append(
            Motif(
                f"Le terme tombe le {en_toutes_lettres(convention.terme)}, "
                f"dans moins de {mois} mois. Sans "
                "dénonciation, la convention se reconduit.",
                duree.ART_5,
            )
            if mois
            else None
        )
    if denonciation:
        dues.append(
            lettres.avertissement_des_archives(
                par=denonciation.par,  # type: ignore[arg-type]
                copie_le=denonciation.copie_archives_le,
            )
        )
    return [motif for motif in dues if motif is not None]


def apercu_de_la_fin(par: str, *, jour: date) -> tuple[Motif, ...]:
    """Ce qu'une lettre reçue aujourd'hui donnerait, et pourquoi."""
    return fin_apres(par, recue=jour).motifs  # type: ignore[arg-type]

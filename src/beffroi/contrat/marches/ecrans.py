"""Ce que les pages des contrats montrent : le registre, un contrat, ce qui presse, son histoire."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from beffroi.contrat.donnees_essentielles.mots import libelle_du_cpv
from beffroi.contrat.donnees_essentielles.recherche import ville_du_code
from beffroi.contrat.marches import queries
from beffroi.contrat.marches.gestes_de_l_ecran import gestes_possibles
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.ports import actes_de, suites_du_contrat
from beffroi.contrat.marches.rules import dates
from beffroi.contrat.marches.rules.modifications import FONDEMENTS, calculer
from beffroi.contrat.marches.states import Etat
from droit.dates import en_toutes_lettres
from droit.en_vigueur import Droit, DroitInconnu
from formats.dates import PARIS

TONS = {
    Etat.A_SIGNER: "cours",
    Etat.SIGNE: "attention",
    Etat.TRANSMIS: "cours",
    Etat.NOTIFIE: "ok",
    Etat.EXECUTE: "cours",
    Etat.RESILIE: "attention",
    Etat.CLOS: "gris",
    Etat.ABANDONNE: "gris",
}
ALERTE_DU_MAXIMUM = 80
MOTS_DU_JOURNAL = {
    "marche.inscrire": "Contrat inscrit",
    "marche.recevoir_la_signature": "Signé par le titulaire",
    "marche.confirmer_le_signataire": (
        "Signataire du titulaire : une personne a dit s'il peut l'engager"
    ),
    "marche.signer_un_acte": "Acte d'un titulaire signé par l'acheteur",
    "marche.signer": "Signé par l'acheteur : le contrat est conclu",
    "marche.abandonner": "Contrat abandonné",
    "marche.dire_la_transmission": "Transmission au préfet : la réponse est gardée",
    "marche.transmettre": "Transmis au préfet",
    "marche.envoyer_la_notification": "Notification envoyée par la messagerie",
    "marche.recevoir_la_notification": "Notification reçue par l'un des titulaires",
    "marche.notifier": "Notification reçue : le contrat prend effet",
    "marche.noter_l_avis": "Avis d'attribution envoyé",
    "marche.defaire_l_avis": "Avis d'attribution refusé par son support : à envoyer de nouveau",
    "marche.preparer_la_fiche": "Données essentielles préparées",
    "marche.publier_les_suites": "Modifications publiées aux données essentielles",
    "marche.modifier": "Contrat modifié",
    "marche.noter_l_avis_de_modification": "Avis de modification envoyé",
    "marche.accepter_un_sous_traitant": "Sous-traitant accepté",
    "remise.ouvrir": "Titulaires remis en concurrence",
    "remise.modifier": "Remise en concurrence modifiée",
    "marche.commander": "Bon de commande noté",
    "marche.annuler_une_commande": "Bon de commande annulé",
    "marche.constater_l_execution": "Fin de l'exécution constatée",
    "marche.resilier": "Contrat résilié",
    "marche.clore": "Contrat clos : solde payé",
}


@dataclass(frozen=True)
class Ligne:
    """Un contrat, tel que le registre le montre."""

    marche: Marche
    titulaires: str
    montant: Decimal
    fin: date | None
    ton: str


@dataclass(frozen=True)
class Pas:
    le: datetime
    quoi: str
    par: str


@dataclass(frozen=True)
class Alerte:
    titre: str
    texte: str


def lignes(marches: Any) -> list[Ligne]:
    return [
        Ligne(
            marche,
            ", ".join(tenant.nom for tenant in marche.tenants),
            queries.montant_actuel(marche),
            marche.fini_le or queries.fin_prevue(marche),
            TONS[Etat(marche.etat)],
        )
        for marche in marches
    ]


def fiche(marche: Marche, *, le: datetime) -> dict[str, Any]:
    """Tout ce que la page d'un contrat montre."""
    jour = le.astimezone(PARIS).date()
    prefetch_related_objects([marche], "modifications")
    return {
        "marche": marche,
        "ton": TONS[Etat(marche.etat)],
        "gestes": gestes_possibles(marche),
        "actes": actes_de(marche),
        "titulaires": queries.titulaires_de(marche),
        "anciens": queries.anciens_titulaires_de(marche),
        "procedure": procedure(marche, jour),
        "achat": libelle_du_cpv(marche.code_cpv),
        "ville": ville_du_code(marche.lieu),
        "montant_actuel": queries.montant_actuel(marche),
        "fin_prevue": queries.fin_prevue(marche),
        "consommation": queries.consommation_de(marche),
        "alertes": alertes(marche, jour=jour),
        "modifications": list(marche.modifications.all()),
        "sous_traitances": list(marche.sous_traitances.all()),
        "commandes": queries.commandes_de(marche),
        "commande_a_chacun": queries.commande_a_chacun(marche),
        "subsequents": list(marche.marches_subsequents.select_related("organisme"))
        if marche.nature == Marche.Nature.ACCORD_CADRE
        else [],
        "pieces": list(marche.pieces.all()),
        "donnees": queries.fiche_de(marche),
        "frise": frise(marche),
        "histoire": histoire_de(marche),
        "signataire": queries.signataire_confirme(marche),
        "suites": suites_du_contrat(marche, le=le),
    }


def procedure(marche: Marche, jour: date) -> str:
    try:
        return Droit.au(jour).procedure(marche.procedure).libelle
    except DroitInconnu:
        return marche.procedure


def frise(marche: Marche) -> list[tuple[str, date | None, str]]:
    """Les étapes du contrat, dans l'ordre : le nom, le jour, et ce qui manque."""
    transmission = {
        "requise": "À transmettre",
        "non_requise": "Pas soumis à transmission",
        "": "À dire après la signature",
    }[marche.transmission]
    return [
        (
            "Signé par le titulaire",
            marche.signe_par_le_titulaire_le,
            "Pas noté" if marche.signe_le else "À signer",
        ),
        ("Signé par l'acheteur", marche.signe_le, "À signer"),
        ("Transmis au préfet", marche.transmis_le, transmission),
        (
            "Notification reçue, prise d'effet",
            marche.notifie_le,
            "En attente" if marche.notification_id else "À notifier",
        ),
    ]


def alertes(marche: Marche, *, jour: date) -> list[Alerte]:
    """Ce qui demande un regard : une échéance de la loi, un terme, un maximum bientôt atteint."""
    dues = [
        Alerte(
            due.quoi,
            (
                f"{'Dû depuis' if jour > due.le else 'Avant'} le "
                f"{en_toutes_lettres(due.le)} ({due.source})."
            ),
        )
        for due in echeances_de(marche, jour=jour)
    ]
    a_confirmer = (
        marche.etat == Etat.A_SIGNER and marche.signe_par_le_titulaire_le and not actes_de(marche)
    )
    if a_confirmer and not queries.signataire_confirme(marche):
        dues.append(
            Alerte(
                "Signataire à confirmer",
                "Dites si la personne qui a signé peut engager le titulaire.",
            )
        )
    fin = queries.fin_prevue(marche)
    mois = dates.alerte_du_terme(fin, le=jour) if fin and marche.etat == Etat.NOTIFIE else None
    if fin and mois:
        dues.append(
            Alerte(
                "Le terme approche",
                f"Le contrat finit le {en_toutes_lettres(fin)}, dans moins de {mois} mois.",
            )
        )
    if fin and marche.etat == Etat.NOTIFIE and jour > fin:
        dues.append(
            Alerte(
                "Le terme est passé",
                f"Il était au {en_toutes_lettres(fin)}. Constatez la fin de l'exécution.",
            )
        )
    consomme = queries.consommation_de(marche)
    if consomme and consomme.pourcent >= ALERTE_DU_MAXIMUM and marche.etat == Etat.NOTIFIE:
        dues.append(
            Alerte(
                "Le maximum approche",
                f"{consomme.pourcent} % du maximum de l'accord-cadre est commandé.",
            )
        )
    return dues


def echeances_de(marche: Marche, *, jour: date) -> list[dates.Echeance]:
    """Ce que la loi attend encore de ce contrat, et pour quand."""
    dues: list[dates.Echeance | None] = []
    if marche.signe_le and not marche.avis_d_attribution_le and marche.etat != Etat.CLOS:
        dues.append(
            dates.avis_d_attribution(
                signe=marche.signe_le,
                notifie=marche.notifie_le,
                nature=marche.nature,
                formalise=queries.est_formalise(marche, le=jour),
                concession=marche.est_une_concession,
            )
        )
    return [due for due in dues if due]


def ce_qui_reste(marche: Marche, *, jour: date) -> list[tuple[str, Decimal]]:
    """Avant de modifier :
    pour chaque fondement qui a une limite, le calcul d'une modification nulle.
    """
    base, passees = queries.base_du_calcul(marche, le=jour), queries.passees(marche)
    dits: list[tuple[str, Decimal]] = []
    for fondement in ("faible_montant", "supplementaire", "imprevue"):
        try:
            calcul = calculer(fondement, Decimal(0), base=base, passees=passees, signature=jour)
        except DroitInconnu:
            continue
        if calcul.limite is not None:
            reste = max(
                calcul.limite - (calcul.compare if fondement == "faible_montant" else 0), Decimal(0)
            )
            dits.append((f"{FONDEMENTS[fondement][0]} ({calcul.article})", reste))
    return dits


def histoire_de(marche: Marche) -> list[Pas]:
    """Ce que le journal retient, le plus récent d'abord."""
    lues = reversed(queries.histoire_de(marche))
    return [
        Pas(une.le, MOTS_DU_JOURNAL.get(une.acte, une.acte), une.acteur_libelle) for une in lues
    ]

"""Ce que les conventions attendent du gestionnaire,
et pour quand (rulings 21, 23, 29, 34 et 35).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from beffroi.centre.conventions import queries
from beffroi.centre.conventions.models import Convention, Denonciation, Litige
from beffroi.centre.conventions.ports import ce_qui_est_renvoye
from beffroi.centre.conventions.rules import duree, lettres
from beffroi.centre.conventions.rules.litige import amiable_jusqu_au
from beffroi.centre.conventions.states import COURENT, Etat
from beffroi.socle.fondations.a_faire import GesteAttendu
from beffroi.socle.fondations.requetes import prete
from droit.calendrier.jours import mois_apres
from droit.dates import en_toutes_lettres
from formats.dates import PARIS

# Une assemblée se réunit à peu près chaque mois : au-delà, on demande des nouvelles.
SANS_DELIBERATION = timedelta(days=30)
ASSURANCE_AVANT_EN_MOIS = 2
GESTES = {
    Etat.DEMANDE: ("Préparer une convention", "Préparer"),
    Etat.PROJET: ("Envoyer un projet de convention", "Envoyer"),
    Etat.DELIBERATION_RECUE: ("Faire signer une convention", "Signer"),
    Etat.SIGNEE: ("Activer une convention", "Activer"),
}


def attendues(*, le: datetime) -> list[GesteAttendu]:
    """Tout ce qui attend, en cinq lectures, quel que soit le nombre de conventions."""
    jour = le.astimezone(PARIS).date()
    en_vie = list(queries.en_vie())
    # Ce qui est revenu a sa propre ligne : il ne reste ni à demander, ni à faire signer.
    renvoyes = ce_qui_est_renvoye()
    attendus = [convention for convention in en_vie if convention.pk not in renvoyes]
    return [
        *_a_mener(attendus),
        *_sans_deliberation(attendus, le=le),
        *_termes(en_vie, jour=jour),
        *_fins(jour=jour),
        *_litiges(jour=jour),
        *_assurances(jour=jour),
    ]


def _page(convention: Convention) -> str:
    return f"/cdg/conventions/{convention.reference}/"


def _a_mener(conventions: list[Convention]) -> Iterator[GesteAttendu]:
    for convention in conventions:
        if convention.etat in GESTES:
            titre, geste = GESTES[Etat(convention.etat)]
            depuis = en_toutes_lettres(convention.demandee_le.astimezone(PARIS).date())
            yield GesteAttendu(
                titre,
                f"{convention.adherent.nom}.",
                _page(convention),
                geste,
                f"Demandée le {depuis}",
            )


def _sans_deliberation(conventions: list[Convention], *, le: datetime) -> Iterator[GesteAttendu]:
    for convention in conventions:
        derniere = convention.relancee_le or convention.envoyee_le
        if (
            convention.etat == Etat.CHEZ_LA_COLLECTIVITE
            and derniere
            and derniere <= le - SANS_DELIBERATION
        ):
            yield GesteAttendu(
                "Relancer une collectivité qui n'a pas délibéré",
                f"{convention.adherent.nom}.",
                f"{_page(convention)}relance/",
                "Relancer",
                f"Sans nouvelle depuis le {en_toutes_lettres(derniere.astimezone(PARIS).date())}",
                jour=(derniere + SANS_DELIBERATION).astimezone(PARIS).date(),
            )


def _termes(conventions: list[Convention], *, jour: date) -> Iterator[GesteAttendu]:
    for convention in conventions:
        if convention.terme is None or convention.etat not in COURENT:
            continue
        mois = duree.alerte_due(convention.terme, le=jour)
        if mois is not None:
            yield GesteAttendu(
                f"Voir venir un terme, dans moins de {mois} mois",
                f"{convention.adherent.nom}. Sans dénonciation, la convention se reconduit.",
                _page(convention),
                "Voir",
                f"Terme le {en_toutes_lettres(convention.terme)}",
                jour=convention.terme,
                presse=mois == min(duree.ALERTES_EN_MOIS),
            )


@prete
def _denonciations() -> QuerySet[Denonciation]:
    en_cours = Denonciation.objects.filter(annulee_le=None, efface_le=None)
    return en_cours.select_related("convention__adherent")


@prete
def _a_l_amiable() -> QuerySet[Litige]:
    return Litige.objects.filter(etape=Litige.Etape.AMIABLE).select_related("convention__adherent")


def _fins(*, jour: date) -> Iterator[GesteAttendu]:
    for denonciation in _denonciations():
        convention = denonciation.convention
        if lettres.avertissement_des_archives(
            par=denonciation.par,  # type: ignore[arg-type]
            copie_le=denonciation.copie_archives_le,
        ):
            yield GesteAttendu(
                "Vérifier la copie aux Archives départementales",
                f"{convention.adherent.nom}. Elle n'est pas notée ; cela ne bloque rien.",
                f"{_page(convention)}archives/",
                "Noter",
                f"Fin le {en_toutes_lettres(denonciation.fin_le)}",
                jour=denonciation.fin_le,
            )
        if jour > denonciation.fin_le and denonciation.remis_le is None:
            avant = denonciation.fin_le + timedelta(days=lettres.JOURS_DE_REMISE)
            yield GesteAttendu(
                "Remettre ses documents à un adhérent qui part",
                f"{convention.adherent.nom}.",
                f"{_page(convention)}remise/",
                "Remettre",
                f"Avant le {en_toutes_lettres(avant)}",
                jour=avant,
                presse=True,
            )


def _litiges(*, jour: date) -> Iterator[GesteAttendu]:
    for litige in _a_l_amiable():
        jusqu_au = amiable_jusqu_au(litige.ouvert_le)
        yield GesteAttendu(
            "Régler un litige à l'amiable",
            f"{litige.convention.adherent.nom}.",
            f"{_page(litige.convention)}litiges/{litige.reference}/",
            "Voir",
            f"Deux mois proposés, jusqu'au {en_toutes_lettres(jusqu_au)}",
            jour=jusqu_au,
            presse=jour > jusqu_au,
        )


def _assurances(*, jour: date) -> Iterator[GesteAttendu]:
    for attestation in queries.attestations():
        if mois_apres(attestation.au, -ASSURANCE_AVANT_EN_MOIS) <= jour:
            yield GesteAttendu(
                "Renouveler une attestation d'assurance",
                f"{attestation.get_sorte_display()}. Les adhérents la voient.",
                "/cdg/conventions/assurances/",
                "Déposer",
                f"Dernier jour couvert : {en_toutes_lettres(attestation.au)}",
                jour=attestation.au,
                presse=jour > attestation.au,
            )

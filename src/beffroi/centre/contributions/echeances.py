"""Ce que les contributions attendent du gestionnaire, et pour quand (rulings 4b, 15 et 15b)."""

from collections.abc import Iterator
from datetime import date, datetime

from beffroi.centre.contributions import queries, suites
from beffroi.centre.contributions.effectifs import nombre_de_non_declares
from beffroi.centre.tarif.rules.dates import declaration_attendue
from beffroi.centre.tarif.rules.parametres import en_valeurs
from beffroi.socle.fondations.a_faire import GesteAttendu
from droit.dates import en_toutes_lettres
from formats.dates import PARIS
from formats.pluriels import compter
from formats.sommes import en_euros

CENTRE = "/cdg/contributions/"


def attendues(*, le: datetime) -> list[GesteAttendu]:
    jour = le.astimezone(PARIS).date()
    return [*_appel(jour), *_suites(jour), *_effectifs(jour), *_contestations()]


def _appel(jour: date) -> Iterator[GesteAttendu]:
    appel = suites.appel_a_mener(
        jour=jour, valeurs=en_valeurs(queries.parametres_au(date(jour.year, 1, 1)))
    )
    if appel:
        yield GesteAttendu(
            f"Mener l'appel de contributions {appel.annee}",
            f"{compter(appel.adherents, 'adhérent')} à appeler.",
            CENTRE,
            "Voir",
            f"Avant le {en_toutes_lettres(appel.limite)}",
            appel.limite,
            presse=jour > appel.limite,
        )


def _suites(jour: date) -> Iterator[GesteAttendu]:
    for suite in suites.suites(jour=jour):
        if suite.limite:
            retard = f" ; {suite.en_retard} en retard" if suite.en_retard else ""
            yield GesteAttendu(
                f"Appeler qui reste à appeler pour {suite.annee}",
                f"{compter(len(suite.a_appeler), 'adhérent')}{retard}.",
                CENTRE,
                "Voir",
                f"Avant le {en_toutes_lettres(suite.limite)}",
                suite.limite,
                presse=bool(suite.en_retard),
            )
        yield from _ecarts(suite)
        if suite.a_regulariser:
            yield GesteAttendu(
                f"Régulariser les contributions {suite.annee}",
                f"{compter(suite.a_regulariser, 'appel')} sur une estimation.",
                CENTRE,
                "Voir",
                "L'année est finie",
                date(suite.annee + 1, 1, 31),
            )


def _ecarts(suite: suites.Suite) -> Iterator[GesteAttendu]:
    for un in suite.departs:
        fin = un.fin or date(suite.annee, 12, 31)
        page = f"{CENTRE}{suite.annee}/{un.contribution.reference}/"
        detail = f"{un.contribution.nom} : {en_euros(un.montant)}."
        yield GesteAttendu(
            "Rendre après un départ",
            detail,
            page,
            "Voir",
            f"Parti le {en_toutes_lettres(fin)}",
            fin,
        )
    if suite.sous_appeles:
        titre = f"Vérifier des jours que l'appel {suite.annee} n'a pas comptés"
        detail = f"{compter(len(suite.sous_appeles), 'adhérent')}."
        yield GesteAttendu(
            titre, detail, CENTRE, "Voir", "Une convention a changé", date(suite.annee, 12, 31)
        )


def _effectifs(jour: date) -> Iterator[GesteAttendu]:
    if jour < declaration_attendue(jour.year):
        return
    manquants, jamais = nombre_de_non_declares(jour.year)
    if manquants:
        yield GesteAttendu(
            f"Rappeler les effectifs non déclarés de {jour.year}",
            (
                f"{compter(manquants, 'adhérent')}, "
                f"dont {jamais} jamais déclaré{'s' if jamais > 1 else ''}."
            ),
            f"{CENTRE}effectifs/",
            "Voir",
            f"Attendus le {en_toutes_lettres(declaration_attendue(jour.year))}",
            declaration_attendue(jour.year),
        )


def _contestations() -> Iterator[GesteAttendu]:
    for contestation in queries.contestations_ouvertes():
        recue = contestation.ecrite_le.astimezone(PARIS).date()
        yield GesteAttendu(
            "Répondre à une contestation de compte",
            f"{contestation.contribution.nom}.",
            f"{CENTRE}contestations/{contestation.reference}/",
            "Répondre",
            f"Reçue le {en_toutes_lettres(recue)}",
            recue,
        )

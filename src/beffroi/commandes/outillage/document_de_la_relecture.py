"""Ce qui n'est pas une preuve, dans la page qui dit ce que la relecture voit :
les tables, les colonnes, les objets, leur raison et ce qui s'ensuit.
"""

from collections.abc import Iterator, Mapping

from django.apps import apps

from beffroi.commandes.outillage import quartiers
from beffroi.socle.fondations.hors_preuve import HorsPreuve

PAGE = quartiers.RACINE / "docs" / "exploitants" / "relecture-du-journal.md"
DEBUT, FIN = "<!-- hors-preuve -->\n", "<!-- /hors-preuve -->\n"


def page() -> str:
    """La page, ses tables refaites ; le reste est écrit à la main."""
    avant, _, suite = PAGE.read_text("utf-8").partition(DEBUT)
    return avant + DEBUT + "\n".join(["", *liste(), ""]) + FIN + suite.partition(FIN)[2]


def liste() -> Iterator[str]:
    from beffroi.socle.journal import hors_preuve

    yield from table("Des tables entières", hors_preuve.hors_preuve())
    yield from table(
        "Des colonnes, dans une table dont le reste prouve", hors_preuve.colonnes_hors_preuve()
    )
    des_objets = hors_preuve.objets_hors_preuve()
    yield from table("Des octets gardés", des_objets)


def table(titre: str, dites: Mapping[str, HorsPreuve]) -> Iterator[str]:
    yield from (f"### {titre}", "", "| quoi | pourquoi | ce qui s’ensuit |", "|---|---|---|")
    for nom in sorted(dites):
        yield f"| {en_base(nom)} | {dites[nom].raison} | {dites[nom].suite} |"
    yield ""


def en_base(nom: str) -> str:
    """La table telle que la base la nomme, et telle que la relecture situe une faute."""
    application, modele, *colonne = nom.split(".", 2)
    base = apps.get_model(application, modele)._meta.db_table
    return f"`{base}`" + (f", {colonne[0]}" if colonne else "")

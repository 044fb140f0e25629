"""Les jours fériés : ceux de toute la France, et les deux de plus en Alsace et en Moselle."""

from datetime import date, timedelta

from droit.citation import Article

FERIES = Article("Code du travail", "L. 3133-1")
FERIES_D_ALSACE_MOSELLE = Article("Code du travail", "L. 3134-13")

_FIXES = {
    (1, 1): "le 1er janvier",
    (5, 1): "le 1er mai",
    (5, 8): "le 8 mai",
    (7, 14): "le 14 juillet",
    (8, 15): "le 15 août",
    (11, 1): "le 1er novembre",
    (11, 11): "le 11 novembre",
    (12, 25): "le 25 décembre",
}
# En jours après le dimanche de Pâques.
_MOBILES = {1: "le lundi de Pâques", 39: "le jeudi de l'Ascension", 50: "le lundi de Pentecôte"}
_FIXES_D_ALSACE_MOSELLE = {(12, 26): "le 26 décembre"}
_MOBILES_D_ALSACE_MOSELLE = {-2: "le Vendredi saint"}


def paques(annee: int) -> date:
    """Le dimanche de Pâques (calendrier grégorien, algorithme de Butcher)."""
    a, (b, c) = annee % 19, divmod(annee, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    lune = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * lune) // 433
    mois = (h + lune - 7 * m + 90) // 25
    jour = (h + lune - 7 * m + 33 * mois + 19) % 32
    return date(annee, mois, jour)


def jour_ferie(jour: date, *, alsace_moselle: bool = False) -> str:
    """Le nom du jour férié, vide un jour ordinaire (code du travail, art. L. 3133-1).

    En Alsace et en Moselle s'ajoutent le 26 décembre et le Vendredi saint (art. L. 3134-13). Le
    Vendredi saint n'est férié que dans les communes qui ont un temple protestant ou une église
    mixte : l'option les compte toutes.
    """
    apres_paques = (jour - paques(jour.year)) // timedelta(days=1)
    nom = _FIXES.get((jour.month, jour.day)) or _MOBILES.get(apres_paques, "")
    if alsace_moselle and not nom:
        return _FIXES_D_ALSACE_MOSELLE.get((jour.month, jour.day)) or _MOBILES_D_ALSACE_MOSELLE.get(
            apres_paques, ""
        )
    return nom

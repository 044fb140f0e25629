"""Les seuils à une date, tels que les tables du droit les tiennent."""

from collections.abc import Iterator
from dataclasses import dataclass

from droit.dates import en_toutes_lettres
from droit.en_vigueur import Droit, Valeur
from droit.phrases import date_pivot, en_clair
from droit.tables import Fiche, Periode

FAMILLES = (
    (
        "Procédures formalisées et avis européens",
        ("procedure_formalisee", "concession", "services_sociaux"),
    ),
    ("Sans publicité ni mise en concurrence", ("dispense", "petits_lots")),
    ("Publicité et documents", ("publicite", "dce_sur_profil")),
    (
        "Contrôle, avance et données publiées",
        ("controle_de_legalite", "avance", "donnees_essentielles"),
    ),
)


@dataclass(frozen=True)
class Ligne:
    """Un seuil à la date demandée ;
    sans `valeur`, les tables ne le connaissent pas ce jour-là et `connu` dit quand.
    """

    fiche: Fiche
    valeur: Valeur | None

    @property
    def intitule(self) -> str:
        return self.fiche.libelle.partition(" : ")[0]

    @property
    def montant(self) -> str:
        if self.valeur is None:
            return ""
        sens = self.fiche.libelle.partition(" : ")[2]
        return f"{sens} {en_clair(self.valeur.valeur, self.valeur.unite)}".strip()

    @property
    def depuis(self) -> str:
        assert self.valeur is not None
        jour = en_toutes_lettres(self.valeur.depuis)
        return (
            f"Depuis le {jour}"
            if self.valeur.entree_lue
            else f"Au plus tard depuis le {jour} (entrée non lue)"
        )

    @property
    def jusqu_a(self) -> str:
        """« change le 1er janvier 2028 » ; vide si nul ne sait quand il changera."""
        change = self.valeur.prochain_changement if self.valeur else None
        return f"change le {en_toutes_lettres(change)}" if change else ""

    @property
    def connu(self) -> str:
        debut = en_toutes_lettres(self.fiche.connue_du)
        fin = f" jusqu'au {en_toutes_lettres(self.fiche.connue_au)}" if self.fiche.connue_au else ""
        return f"Nos tables le donnent à partir du {debut}{fin}."

    @property
    def pivot(self) -> str:
        return date_pivot(self.fiche.pivot)

    @property
    def periodes(self) -> Iterator[tuple[str, str, Periode]]:
        """Toutes les valeurs connues, la plus ancienne d'abord."""
        for periode in self.fiche.periodes:
            fin = f" au {en_toutes_lettres(periode.au)}" if periode.au else ""
            yield (
                f"Du {en_toutes_lettres(periode.du)}{fin}",
                en_clair(periode.valeur, self.fiche.unite),
                periode,
            )


def tableaux(droit: Droit) -> list[tuple[str, list[Ligne]]]:
    """Les seuils rangés par famille, chacun à la date de ce droit."""
    return [
        (titre, [ligne(droit, cle) for cle in cles_de(droit, familles)])
        for titre, familles in FAMILLES
    ]


def cles_de(droit: Droit, familles: tuple[str, ...]) -> list[str]:
    return [
        cle
        for cle in droit.tables.fiches
        if cle.startswith("seuil.") and cle.split(".")[1] in familles
    ]


def ligne(droit: Droit, cle: str) -> Ligne:
    fiche = droit.fiche(cle)
    return Ligne(fiche, droit.valeur(cle) if fiche.periode(droit.jour) else None)

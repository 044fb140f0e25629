"""Cent actes d'inconnus par seconde, chacun d'un réseau neuf : la tête publique garde son pas.

Sans horloge, ni base : les budgets que chaque contexte déclare, et la cadence (ADR 0009).
"""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import walk_packages

import beffroi
from beffroi.socle.budgets.rules import (
    LIGNES_AU_REGISTRE,
    PENDANT_AU_REGISTRE,
    Budget,
    Depenses,
    peut_agir,
)
from beffroi.socle.journal import cadence
from beffroi.socle.journal.cadence import PAS, RETARD, Repere

MIDI = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECONDE, PAR_SECONDE, HEURES = timedelta(seconds=1), 100, 12
# La sonde, et ce que font pendant ce temps les personnes qui ont un compte.
DES_AUTRES_PAR_HEURE = 64 + 32


def budgets_declares() -> list[Budget]:
    """Ceux que les règles de chaque contexte nomment."""
    regles = [
        import_module(module.name)
        for module in walk_packages(beffroi.__path__, "beffroi.")
        if ".rules" in module.name and ".tests" not in module.name
    ]
    declares = {
        valeur.acte: valeur
        for module in regles
        for valeur in vars(module).values()
        if isinstance(valeur, Budget)
    }
    return sorted(declares.values(), key=lambda budget: budget.acte)


class Fenetre:
    """Ce qui compte encore, et sa somme."""

    def __init__(self, duree: timedelta) -> None:
        self.duree, self.somme = duree, 0
        self.comptes: deque[tuple[datetime, int]] = deque()

    def compter(self, combien: int, le: datetime) -> None:
        self.comptes.append((le, combien))
        self.somme += combien

    def a(self, le: datetime) -> int:
        while self.comptes and self.comptes[0][0] <= le - self.duree:
            self.somme -= self.comptes.popleft()[1]
        return self.somme


class Foule:
    """Cent inconnus par seconde, qui se partagent les actes, chacun d'un réseau neuf."""

    def __init__(self, budgets: list[Budget]) -> None:
        self.faits = [(budget, Fenetre(budget.pendant)) for budget in budgets]
        self.registre = Fenetre(PENDANT_AU_REGISTRE)

    def ecrit(self, le: datetime) -> int:
        """Les lignes que la seconde met au registre."""
        avant = self.registre.a(le)
        for budget, faits in self.faits:
            for _ in range(-(-PAR_SECONDE // len(self.faits))):
                depenses = Depenses(0, faits.a(le), self.registre.a(le))
                if not peut_agir(budget, depenses).favorable:
                    break  # au même instant, les suivants le sont aussi
                faits.compter(1, le)
                self.registre.compter(budget.lignes, le)
        return self.registre.somme - avant


def heures(foule: Foule) -> Iterator[tuple[int, int]]:
    """À chaque heure ronde : ce que la tête publique doit gagner, et ce qu'elle gagne."""
    repere = Repere(rang=cadence.rang(MIDI), taille=1280)
    taille = repere.taille
    for heure in range(HEURES):
        debut = MIDI + heure * cadence.PERIODE
        taille += DES_AUTRES_PAR_HEURE
        for seconde in range(3600):
            le = debut + seconde * SECONDE
            taille = max(taille + foule.ecrit(le), cadence.horloge(repere, le))
        le = debut + cadence.PERIODE
        publiee = cadence.taille_a_publier(repere, taille, le)
        assert publiee is not None
        yield repere.taille + PAS, publiee
        repere = Repere(rang=cadence.rang(le), taille=publiee)


def au_registre() -> list[Budget]:
    return [budget for budget in budgets_declares() if budget.lignes]


def test_la_tete_publique_garde_son_pas_sous_cent_actes_d_inconnus_par_seconde():
    assert len(au_registre()) >= 6
    gagnees = list(heures(Foule(au_registre())))

    assert [publiee for due, publiee in gagnees if publiee != due] == []


def test_sans_budget_elle_sauterait_des_la_premiere_heure():
    class SansBudget(Foule):
        def ecrit(self, le: datetime) -> int:
            return PAR_SECONDE

    due, publiee = next(heures(SansBudget(au_registre())))
    assert publiee > due + RETARD


def test_aucun_acte_ne_prend_le_registre_aux_autres():
    """Ce qui arrive de soi-même, les courriels, n'en prend pas plus de la moitié."""
    courriels = next(budget for budget in au_registre() if budget.acte == "assistance.courriel")

    assert courriels.pendant == PENDANT_AU_REGISTRE
    assert courriels.en_tout * courriels.lignes <= LIGNES_AU_REGISTRE // 2

"""Un formulaire et des lignes que l'on ajoute, sans script et sans rien perdre."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms

CHIFFRES = re.compile("[0-9]{1,9}")


class FormulaireAvecLignes(forms.Form):
    """Un formulaire et ses lignes. Une ligne vide ne compte pas ; on en ajoute sans rien perdre."""

    ligne: type[forms.Form]
    lignes_vides = 2
    lignes_au_plus = 120
    discrets: frozenset[str] = frozenset()  # ce qui ne suffit pas à remplir une ligne

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        lignes: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        fabrique = forms.formset_factory(
            self.ligne,
            extra=self.lignes_vides,
            max_num=self.lignes_au_plus,
            absolute_max=self.lignes_au_plus,
            validate_max=True,
        )
        self.lignes = fabrique(
            data, initial=None if data is not None else list(lignes), prefix="ligne"
        )

    def is_valid(self) -> bool:
        return all((super().is_valid(), self.lignes.is_valid()))

    @property
    def errors(self) -> Any:
        return super().errors or ({"lignes": self.lignes.errors} if self._lignes_fautives else {})

    @property
    def _lignes_fautives(self) -> bool:
        return self.is_bound and not self.lignes.is_valid()

    def visible_fields(self) -> list[forms.BoundField]:
        return [
            *super().visible_fields(),
            *(champ for ligne in self.lignes for champ in ligne.visible_fields()),
        ]

    def non_field_errors(self) -> Any:
        return [
            *super().non_field_errors(),
            *(self.lignes.non_form_errors() if self.is_bound else ()),
        ]

    @property
    def remplies(self) -> list[dict[str, Any]]:
        """Les lignes qui disent quelque chose, dans l'ordre."""
        return [
            ligne.cleaned_data for ligne in self.lignes if ligne.has_changed() and ligne.is_valid()
        ]

    @classmethod
    def reprise(cls, saisie: Any) -> Self:
        """Le même écran, avec ce qui vient d'être tapé et des lignes vides de plus."""
        total = min(_nombre_de_lignes(saisie), cls.lignes_au_plus)
        lignes = [
            {
                nom: _brut(champ, saisie, f"ligne-{rang}-{nom}")
                for nom, champ in cls.ligne.base_fields.items()
            }
            for rang in range(total)
        ]
        tapees = [
            ligne
            for ligne in lignes
            if any(dit for nom, dit in ligne.items() if nom not in cls.discrets)
        ]
        propres = {nom: _brut(champ, saisie, nom) for nom, champ in cls.base_fields.items()}
        return cls(initial=propres, lignes=tapees)


def _nombre_de_lignes(saisie: Any) -> int:
    """Ce que la page en comptait ; aucune, si elle ne le dit pas en chiffres."""
    dit = saisie.get("ligne-TOTAL_FORMS") or ""
    return int(dit) if CHIFFRES.fullmatch(dit) else 0


def _brut(champ: forms.Field, saisie: Any, nom: str) -> Any:
    return champ.widget.value_from_datadict(saisie, {}, nom)

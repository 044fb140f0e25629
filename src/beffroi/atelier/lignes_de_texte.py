"""Une liste que l'on tape une ligne après l'autre : le plus simple quand on ne sait pas combien il y en aura."""

from typing import Any

from django import forms


class LignesField(forms.CharField):
    """Des lignes de texte, sans les vides ; au plus vingt, de deux cents caractères."""

    lignes_au_plus, longueur_d_une_ligne = 20, 200

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        lignes = tuple(" ".join(ligne.split()) for ligne in super().clean(value).splitlines() if ligne.strip())
        if len(lignes) > self.lignes_au_plus:
            raise forms.ValidationError(f"Au plus {self.lignes_au_plus} lignes : vous en avez {len(lignes)}.")
        longue = next((ligne for ligne in lignes if len(ligne) > self.longueur_d_une_ligne), "")
        if longue:
            raise forms.ValidationError(
                f"« {longue[:60]}… » est trop long : {self.longueur_d_une_ligne} caractères au plus par ligne."
            )
        return lignes

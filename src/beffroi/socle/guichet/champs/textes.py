"""Ce qui s'écrit en toutes lettres : une ligne, un paragraphe, une liste tapée ligne à ligne."""

from typing import Any

from django import forms

from formats.courriels import porte_une_adresse, sur_une_ligne


def texte(
    label: str, aide: str = "", *, longueur: int = 200, requis: bool = True, lignes: int = 0
) -> forms.CharField:
    """Une ligne, ou plusieurs ; laissé vide, le champ se nomme dans l'erreur."""
    options: dict[str, Any] = {
        "label": label,
        "help_text": aide,
        "max_length": longueur,
        "required": requis,
        "error_messages": {"required": f"Remplissez « {label} »."},
    }
    return TexteField(lignes=lignes, **options) if lignes else LigneLibreField(**options)


class LigneLibreField(forms.CharField):
    """Une seule ligne.

    Un navigateur n'y laisse aucun retour ; un envoi fait à la main, si, et la ligne deviendrait un
    paragraphe des courriels de la plateforme.
    """

    def to_python(self, value: Any) -> Any:
        lu = super().to_python(value)
        return sur_une_ligne(lu) if lu else lu


class LigneField(LigneLibreField):
    """Un nom : une ligne, sans adresse ni lien.

    Nos courriels le citent : un nom qui mènerait ailleurs y serait un lien signé par nous.
    """

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and porte_une_adresse(value):
            raise forms.ValidationError(
                f"« {self.label} » ne contient ni adresse ni lien. Gardez le nom seul."
            )


class TexteField(forms.CharField):
    """Un paragraphe."""

    def __init__(self, *, lignes: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": lignes}), **options)


class PhraseField(TexteField):
    """Une phrase ou deux, facultatives."""

    def __init__(self, **options: Any) -> None:
        super().__init__(lignes=2, required=False, max_length=500, **options)


class LignesField(TexteField):
    """Des lignes de texte, sans les vides ; au plus vingt, de deux cents caractères.

    Le plus simple à taper quand on ne sait pas combien il y en aura.
    """

    lignes_au_plus, longueur_d_une_ligne = 20, 200

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        tapees = super().clean(value).splitlines()
        lignes = tuple(" ".join(ligne.split()) for ligne in tapees if ligne.strip())
        if len(lignes) > self.lignes_au_plus:
            raise forms.ValidationError(
                f"Au plus {self.lignes_au_plus} lignes : vous en avez {len(lignes)}."
            )
        longue = next((ligne for ligne in lignes if len(ligne) > self.longueur_d_une_ligne), "")
        if longue:
            raise forms.ValidationError(
                f"« {longue[:60]}… » est trop long : {self.longueur_d_une_ligne} caractères "
                "au plus par ligne."
            )
        return lignes

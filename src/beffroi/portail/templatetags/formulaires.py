"""Les champs et le résumé des erreurs : `{% load formulaires %}`."""

from django import forms, template
from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

GABARIT = "portail/formulaires/champ.html"
# RGAA 11.13 : ce que le navigateur sait déjà ne se retape pas (liste de la spécification HTML).
AUTOCOMPLETIONS = {
    "adresse": "address-line1",
    "code_postal": "postal-code",
    "commune": "address-level2",
    "courriel": "email",
    "email": "email",
    "login": "username",
    "nom_complet": "name",
    "pays": "country",
    "prenom": "given-name",
    "raison_sociale": "organization",
    "telephone": "tel",
    "ville": "address-level2",
}


@register.simple_tag
def champ(
    lie: BoundField, autocompletion: str = "", aide: str = "", classe: str = "", facultatif: bool = True
) -> SafeString:
    """Un champ entier : étiquette, aide, saisie, erreurs, reliés pour les lecteurs d'écran."""
    jeton = autocompletion or AUTOCOMPLETIONS.get(lie.name, "")
    if jeton:
        lie.field.widget.attrs.setdefault("autocomplete", jeton)
    if aide:
        lie.help_text = aide
    annoncer = facultatif and not lie.field.required
    if est_simple(lie):
        return champ_simple(lie, classe, annoncer)
    return lie.form.render(GABARIT, {"field": lie, "classe": classe, "annoncer_facultatif": annoncer})


def est_simple(lie: BoundField) -> bool:
    """Une étiquette et une saisie, sans aide, sans erreur ni groupe : un écran de 120 lots en montre 360."""
    return not (lie.help_text or lie.errors or lie.field.widget.use_fieldset or est_une_coche(lie))


def champ_simple(lie: BoundField, classe: str, annoncer: bool) -> SafeString:
    """Le même champ que le gabarit, écrit sans lui."""
    mention = SafeString(' <span class="facultatif">(facultatif)</span>') if annoncer else ""
    return format_html(
        '<div class="champ{}{}"><label for="{}">{}{}</label>{}</div>',
        " " if classe else "", classe, lie.id_for_label, lie.label, mention, lie,
    )  # fmt: skip


@register.filter
def est_une_coche(lie: BoundField) -> bool:
    """Une case seule : l'étiquette suit la case."""
    return isinstance(lie.field.widget, forms.CheckboxInput)


@register.inclusion_tag("portail/formulaires/resume_erreurs.html")
def resume_erreurs(form: BaseForm) -> dict[str, object]:
    """En tête de page : chaque erreur, avec un lien vers son champ."""
    erreurs = [(lie, message) for lie in form.visible_fields() for message in lie.errors]
    generales = [*form.non_field_errors(), *(m for lie in form.hidden_fields() for m in lie.errors)]
    return {"erreurs": erreurs, "generales": generales, "nombre": len(erreurs) + len(generales)}

"""Les champs et le résumé des erreurs : `{% load formulaires %}`."""

from collections.abc import Iterable

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
    lie: BoundField, autocompletion: str = "", aide: str = "", classe: str = "", quand: str = ""
) -> SafeString:
    """Un champ entier : étiquette, aide, saisie, erreurs, reliés pour les lecteurs d'écran."""
    jeton = autocompletion or AUTOCOMPLETIONS.get(lie.name, "")
    if jeton:
        lie.field.widget.attrs.setdefault("autocomplete", jeton)
    if aide:
        lie.help_text = aide
    annonce = mention(lie, quand)
    if est_simple(lie):
        return champ_simple(lie, classe, annonce)
    return lie.form.render(GABARIT, {"field": lie, "classe": classe, "mention": annonce})


def mention(lie: BoundField, quand: str = "") -> str:
    """Ce qui suit l'étiquette : facultatif, ou dû dans quel cas ;
    obligatoire, quand rien d'autre ne le dit (RGAA 11.10).

    Le cas vient du gabarit, ou de `conditions` du formulaire : un nom de champ, et la phrase.
    """
    if lie.field.required:
        return mention_d_un_requis(lie)
    if a_toujours_sa_reponse(lie):
        return ""
    return quand or condition_de(lie) or "facultatif"


def mention_d_un_requis(lie: BoundField) -> str:
    """Par contraste avec les facultatifs de la page, il n'en faut pas ;
    sauf sur ce que le navigateur ne sait pas exiger.
    """
    if not lie.form.use_required_attribute:
        return "si cette ligne sert"
    if not lie.field.widget.use_required_attribute(lie.initial):
        return "" if a_toujours_sa_reponse(lie) else "obligatoire"
    seul = len(lie.form.visible_fields()) == 1
    return (
        "obligatoire"
        if not seul and (est_une_coche(lie) or rien_ne_s_y_laisse_vide(lie.form))
        else ""
    )


def condition_de(lie: BoundField) -> str:
    """Ce que le formulaire en dit ; « recues_2 » et « motif-3 » suivent « recues » et « motif »."""
    conditions: dict[str, str] = getattr(lie.form, "conditions", {})
    noms = (lie.name, lie.name.rpartition("_")[0], lie.name.partition("-")[0])
    return next((conditions[nom] for nom in noms if nom in conditions), "")


def a_toujours_sa_reponse(lie: BoundField) -> bool:
    """Une case dit oui ou non ;
    un choix sans ligne vide, ou déjà coché, ne se laisse pas sans réponse.
    """
    if est_une_coche(lie):
        return True
    if not isinstance(lie.field, forms.ChoiceField) or isinstance(
        lie.field, forms.MultipleChoiceField
    ):
        return False
    choix: Iterable[tuple[object, object]] = lie.field.widget.choices
    valeurs = [valeur for valeur, _ in choix]
    if isinstance(lie.field.widget, forms.RadioSelect):
        return str(lie.value() or "") in valeurs
    return "" not in valeurs


def rien_ne_s_y_laisse_vide(form: BaseForm) -> bool:
    """Aucun champ n'est facultatif : le contraste ne dirait pas que les autres sont dus."""
    return all(lie.field.required or a_toujours_sa_reponse(lie) for lie in form.visible_fields())


def est_simple(lie: BoundField) -> bool:
    """Une étiquette et une saisie, sans aide, sans erreur ni groupe :
    un écran de 120 lots en montre 360.
    """
    return not (lie.help_text or lie.errors or lie.field.widget.use_fieldset or est_une_coche(lie))


def champ_simple(lie: BoundField, classe: str, annonce: str) -> SafeString:
    """Le même champ que le gabarit, écrit sans lui."""
    dite = format_html(' <span class="facultatif">({})</span>', annonce) if annonce else ""
    return format_html(
        '<div class="champ{}{}"><label for="{}">{}{}</label>{}</div>',
        " " if classe else "",
        classe,
        lie.id_for_label,
        lie.label,
        dite,
        lie,
    )


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

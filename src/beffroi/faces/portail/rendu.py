"""Les formulaires de Django avec notre balisage :
étiquette dessus, aide dessous, erreur en une phrase.
"""

from django.forms.renderers import TemplatesSetting


class RenduBeffroi(TemplatesSetting):
    """À nommer dans `FORM_RENDERER` :
    `{{ form.x.as_field_group }}` et `{{ form }}` suivent la charte.
    """

    field_template_name = "portail/formulaires/champ.html"
    form_template_name = "portail/formulaires/formulaire.html"

"""Confirmer un signataire : la forme seulement."""

from django import forms


class ConfirmationForm(forms.Form):
    """Le signataire peut-il engager l'entreprise, et sur quoi le dit-on."""

    engage = forms.ChoiceField(
        label="Le signataire peut-il engager l'entreprise ?",
        choices=[("oui", "Oui, il peut l'engager"), ("non", "Non, ou rien ne le montre")],
        widget=forms.RadioSelect,
    )
    fondement = forms.CharField(
        label="Sur quoi vous fondez-vous ?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Par exemple : gérante d'après l'extrait Kbis du 3 novembre, "
            "ou délégation de signature jointe."
        ),
    )

"""Une saisie écrite sans gabarit est celle que Django aurait écrite."""

import pytest
from django import forms
from django.test.html import parse_html

from beffroi.achat.preparation.forms.saisies import SaisieCachee, SaisieDeLigne


@pytest.mark.parametrize("valeur", [None, "", "Couverture", '<script>"&', 12])
@pytest.mark.parametrize(
    "sienne,la_notre",
    [(forms.TextInput, SaisieDeLigne), (forms.HiddenInput, SaisieCachee)],
    ids=["texte", "cachée"],
)
def test_une_saisie_de_ligne_s_ecrit_comme_celle_de_django(sienne, la_notre, valeur):
    attributs = {"inputmode": "decimal"}
    places = {"id": "id_ligne-0-montant", "required": True, "aria-describedby": 'a"b'}

    rendu = la_notre(attrs=attributs).render("ligne-0-montant", valeur, places)

    assert parse_html(rendu) == parse_html(
        sienne(attrs=attributs).render("ligne-0-montant", valeur, places)
    )

"""Le formulaire qui écarte une proposition."""

from django import forms

from beffroi.socle.guichet.champs.textes import texte


class EcartForm(forms.Form):
    motif = texte(
        "Pourquoi elle ne se fera pas",
        "La personne qui l'a proposée le lit, et le journal le garde.",
        longueur=1000,
        lignes=3,
    )

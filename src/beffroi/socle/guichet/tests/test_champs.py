"""Ce qu'une personne tape, et ce que le champ en comprend."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms

from beffroi.socle.guichet.champs import dates, lignes, nombres, textes


@pytest.mark.parametrize("tape", ["1 753,42 €", "1753.42", "1\N{NARROW NO-BREAK SPACE}753,42"])
def test_une_somme_se_lit_comme_on_l_ecrit(tape):
    assert nombres.SommeField().clean(tape) == Decimal("1753.42")


@pytest.mark.parametrize("tape", ["-1", "1,234", "douze", ""])
def test_une_somme_ne_descend_pas_sous_zero_et_s_arrete_au_centime(tape):
    with pytest.raises(forms.ValidationError):
        nombres.SommeField().clean(tape)


def test_un_montant_se_relit_avec_ses_espaces():
    champ = nombres.MontantField()

    assert champ.clean("84 500,50 € HT") == Decimal("84500.50")
    assert champ.prepare_value(Decimal("84500.50")) == "84 500,50"
    assert champ.prepare_value(Decimal("84500.00")) == "84 500"


def test_ce_qui_n_est_pas_un_montant_revient_tel_quel():
    assert nombres.MontantField().prepare_value("environ 80 k€") == "environ 80 k€"


def test_des_lignes_perdent_leurs_vides_et_leurs_espaces_de_trop():
    assert textes.LignesField().clean(" plan \n\n  coupe   AA ") == ("plan", "coupe AA")


def test_un_nom_ne_contient_ni_adresse_ni_lien():
    champ = textes.LigneField(label="Nom")

    assert champ.clean("Maison Tournevent") == "Maison Tournevent"
    with pytest.raises(forms.ValidationError, match="ni adresse ni lien"):
        champ.clean("Trésorerie https://evil.example/connexion")


@pytest.mark.parametrize("champ", [textes.LigneField(), textes.texte("Nom")])
def test_un_nom_tient_sur_une_ligne_quoi_qu_on_envoie(champ):
    assert champ.clean(" Rival\r\n\r\nVotre compte\tferme \0") == "Rival Votre compte ferme"


def test_un_paragraphe_garde_ses_lignes():
    assert textes.texte("Motif", lignes=3).clean("Un\n\nDeux") == "Un\n\nDeux"


@pytest.mark.parametrize(
    ("tape", "dit"),
    [("x\n" * 21, "Au plus 20 lignes : vous en avez 21."), ("x" * 201, "200 caractères au plus")],
)
def test_trop_de_lignes_ou_une_ligne_trop_longue_se_disent(tape, dit):
    with pytest.raises(forms.ValidationError, match=dit):
        textes.LignesField().clean(tape)


class LimiteForm(forms.Form):
    jour_limite = dates.JourField(required=False)
    heure_limite = dates.HeureField(required=False)


def limite(jour="", heure=""):
    form = LimiteForm({"jour_limite": jour, "heure_limite": heure})
    assert form.is_valid()
    return dates.instant(form, "limite"), form.errors


def test_un_jour_et_une_heure_font_un_instant_de_paris():
    assert limite("2027-01-12", "12:00") == (datetime(2027, 1, 12, 11, tzinfo=UTC), {})


def test_un_jour_sans_heure_se_dit_au_champ_de_l_heure():
    lu, fautes = limite("2027-01-12")

    assert lu is None and fautes == {"heure_limite": ["Il faut le jour et l'heure ensemble."]}


def test_une_heure_que_le_passage_a_l_ete_saute_se_refuse():
    lu, fautes = limite("2027-03-28", "02:30")

    assert lu is None and list(fautes) == ["heure_limite"]


def test_un_instant_se_remet_dans_ses_deux_champs():
    assert dates.en_jour_et_heure("limite", datetime(2027, 7, 1, 10, 0, 59, tzinfo=UTC)) == {
        "jour_limite": date(2027, 7, 1),
        "heure_limite": time(12, 0),
    }


class CritereForm(forms.Form):
    nom = forms.CharField()


class CriteresForm(lignes.FormulaireAvecLignes):
    ligne = CritereForm


@pytest.mark.parametrize("compte", ["beaucoup", "-1", "9" * 5000, "٣", ""])
def test_une_page_qui_ne_compte_pas_ses_lignes_se_rend_sans_elles(compte):
    reprise = CriteresForm.reprise({"ligne-TOTAL_FORMS": compte, "ligne-0-nom": "Prix"})

    assert reprise.lignes.initial == []


def test_une_page_reprise_garde_ses_lignes():
    reprise = CriteresForm.reprise({"ligne-TOTAL_FORMS": "2", "ligne-1-nom": "Prix"})

    assert reprise.lignes.initial == [{"nom": "Prix"}]

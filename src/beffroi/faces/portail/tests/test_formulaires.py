"""Un champ en erreur : un bord, un signe, une phrase, et la saisie gardée (RGAA 11)."""

import pytest
from django import forms
from django.template import Context, Template
from django.test.html import parse_html

from beffroi.faces.portail.templatetags.formulaires import GABARIT, champ, est_simple, mention
from formats.blancs_html import serrer


class Formulaire(forms.Form):
    courriel = forms.EmailField(label="Adresse électronique", help_text="Pour le récépissé.")
    lot = forms.ChoiceField(label="Lot", choices=[("1", "Lot 1")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)
    accord = forms.BooleanField(label="J'ai relu")


def rendre(source: str, **contexte: object) -> str:
    return serrer(Template("{% load formulaires %}" + source).render(Context(contexte)))


def test_l_aide_et_l_erreur_sont_reliees_au_champ():
    rendu = rendre("{% champ f.courriel %}", f=Formulaire({"courriel": "kevin@"}))

    assert 'aria-describedby="id_courriel_helptext id_courriel_error"' in rendu
    assert 'id="id_courriel_helptext"' in rendu
    assert 'id="id_courriel_error"' in rendu
    assert 'aria-invalid="true"' in rendu
    assert 'class="champ champ-erreur"' in rendu


def test_la_saisie_est_gardee():
    assert 'value="kevin@"' in rendre(
        "{% champ f.courriel %}", f=Formulaire({"courriel": "kevin@"})
    )


def test_le_navigateur_peut_remplir_ce_qu_il_sait():
    assert 'autocomplete="email"' in rendre("{% champ f.courriel %}", f=Formulaire())
    assert 'autocomplete="one-time-code"' in rendre(
        '{% champ f.note "one-time-code" %}', f=Formulaire()
    )


def test_un_champ_facultatif_le_dit():
    assert "(facultatif)" in rendre("{% champ f.note %}", f=Formulaire())
    assert "(facultatif)" not in rendre("{% champ f.courriel %}", f=Formulaire())


def test_un_groupe_de_choix_a_une_legende_et_son_erreur():
    rendu = rendre("{% champ f.lot %}", f=Formulaire({}))

    assert "<legend>Lot</legend>" in rendu
    assert '<fieldset aria-describedby="id_lot_error">' in rendu


def test_l_etiquette_d_une_case_suit_la_case():
    rendu = rendre("{% champ f.accord %}", f=Formulaire())

    assert rendu.count('type="checkbox"') == 1
    assert rendu.index('type="checkbox"') < rendu.index("ai relu")


def test_le_resume_renvoie_a_chaque_champ():
    rendu = rendre("{% resume_erreurs f %}", f=Formulaire({"courriel": "kevin@"}))

    assert "3 points sont à corriger" in rendu
    assert 'href="#id_courriel"' in rendu
    assert 'href="#id_lot"' in rendu
    assert 'role="alert"' in rendu


def test_sans_erreur_le_resume_se_tait():
    valide = Formulaire({"courriel": "a@exemple.fr", "lot": "1", "accord": "on"})

    assert rendre("{% resume_erreurs f %}", f=valide).strip() == ""


@pytest.mark.parametrize("requis", [True, False])
@pytest.mark.parametrize("classe", ["", "champ-court"])
def test_un_champ_simple_s_ecrit_sans_gabarit_comme_avec(requis, classe):
    class Simple(forms.Form):
        montant = forms.CharField(label="Montant <HT>", required=requis)

    lie = Simple({"montant": '<a>"'})["montant"]
    avec = lie.form.render(
        GABARIT, {"field": lie, "classe": classe, "mention": "" if requis else "facultatif"}
    )

    assert est_simple(lie)
    assert parse_html(champ(lie, classe=classe)) == parse_html(avec)


@pytest.mark.parametrize(
    "champ_du_formulaire",
    [
        forms.CharField(help_text="Une aide."),
        forms.CharField(min_length=9),
        forms.BooleanField(required=False),
        forms.ChoiceField(choices=[("oui", "Oui")], widget=forms.RadioSelect),
    ],
    ids=["aide", "erreur", "case", "groupe"],
)
def test_un_champ_qui_a_plus_a_dire_suit_le_gabarit(champ_du_formulaire):
    formulaire = type("Unique", (forms.Form,), {"champ": champ_du_formulaire})({"champ": "oui"})

    assert not est_simple(formulaire["champ"])


class Decision(forms.Form):
    conditions = {"motif": "si vous l'écartez", "montant": "s'il y en a"}

    suite = forms.ChoiceField(choices=[("oui", "Oui"), ("non", "Non")], required=False)
    motif = forms.CharField(label="Motif", required=False)
    montant_2 = forms.CharField(label="Montant", required=False)
    lots = forms.MultipleChoiceField(choices=[("1", "Lot 1")], widget=forms.CheckboxSelectMultiple)
    nature = forms.ChoiceField(choices=[("travaux", "Travaux")])
    lu = forms.BooleanField(label="J'ai lu")


class Connexion(forms.Form):
    adresse = forms.EmailField(label="Adresse")
    secret = forms.CharField(label="Mot de passe")
    rester = forms.BooleanField(label="Rester connecté", required=False)


class Recherche(forms.Form):
    mots = forms.CharField(label="Mots")


@pytest.mark.parametrize(
    ("formulaire", "nom", "attendue"),
    [
        (Decision, "suite", ""),
        (Decision, "motif", "si vous l'écartez"),
        (Decision, "montant_2", "s'il y en a"),
        (Decision, "lots", "obligatoire"),
        (Decision, "nature", ""),
        (Decision, "lu", "obligatoire"),
        (Formulaire, "courriel", ""),
        (Formulaire, "note", "facultatif"),
        (Connexion, "secret", "obligatoire"),
        (Connexion, "rester", ""),
        (Recherche, "mots", ""),
    ],
)
def test_une_etiquette_annonce_ce_que_le_navigateur_ou_le_contraste_ne_disent_pas(
    formulaire, nom, attendue
):
    assert mention(formulaire()[nom]) == attendue


def test_une_ligne_que_l_on_peut_laisser_vide_le_dit():
    (ligne,) = forms.formset_factory(Connexion)()

    assert mention(ligne["secret"]) == "si cette ligne sert"


def test_un_choix_deja_coche_n_est_pas_dit_facultatif():
    class Choix(forms.Form):
        lot = forms.ChoiceField(choices=[("1", "Lot 1")], widget=forms.RadioSelect, required=False)

    assert mention(Choix(initial={"lot": 1})["lot"]) == ""
    assert mention(Choix()["lot"]) == "facultatif"


def test_la_condition_donnee_par_l_ecran_se_lit_dans_l_etiquette():
    rendu = rendre('{% champ f.note quand="si vous refusez" %}', f=Formulaire())

    assert (
        '<label for="id_note">Note <span class="facultatif">(si vous refusez)</span></label>'
        in rendu
    )


def test_une_case_a_cocher_dit_qu_il_faut_la_cocher():
    assert "(obligatoire)" in rendre("{% champ f.accord %}", f=Formulaire())

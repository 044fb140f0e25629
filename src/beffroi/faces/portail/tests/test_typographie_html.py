"""La typographie d'une page : le texte change, le balisage et ce qui se recopie ne changent pas."""

import pytest

from beffroi.faces.portail.typographie_html import typographier_html

INSECABLE = "\N{NO-BREAK SPACE}"


def test_les_textes_recoivent_leurs_espaces_insecables():
    assert (
        typographier_html("<p>Où ? « Ici »</p>")
        == f"<p>Où{INSECABLE}? «{INSECABLE}Ici{INSECABLE}»</p>"
    )


def test_une_apostrophe_echappee_par_django_devient_typographique():
    assert typographier_html("<p>l&#x27;école</p>") == "<p>l’école</p>"


@pytest.mark.parametrize(
    "intact",
    [
        '<input value="l\'offre : 12 Mo ?">',
        "<code>a : b</code>",
        "<bdi>facture 12 : v2 !.pdf</bdi>",
        "<textarea>l'offre : ici</textarea>",
        "<pre><b>x</b> : y</pre>",
        "<script>if (a ? b : c) {}</script>",
    ],
)
def test_ce_qui_se_recopie_reste_tel_quel(intact):
    assert typographier_html(intact) == intact


def test_un_signe_separe_de_son_mot_par_une_balise_ne_passe_pas_a_la_ligne():
    assert typographier_html("<p><b>Reste</b> : 2</p>") == f"<p><b>Reste</b>{INSECABLE}: 2</p>"


def test_le_texte_reprend_apres_un_element_intact():
    assert typographier_html("<p><code>a : b</code> ici : là</p>").endswith(
        f"ici{INSECABLE}: là</p>"
    )


def test_le_refaire_ne_change_rien():
    une_fois = typographier_html("<p>l'offre : « 12 Mo » ?</p>")

    assert typographier_html(une_fois) == une_fois


def test_le_balisage_echappe_reste_echappe():
    assert typographier_html("<p>&lt;b&gt; &amp; &quot;</p>") == "<p>&lt;b&gt; &amp; &quot;</p>"


def test_un_recepisse_ne_se_coupe_pas_en_bout_de_ligne():
    une_fois = typographier_html("<p>récépissé D-2026-26945467, reçu</p>")

    assert une_fois == '<p>récépissé <span class="insec">D-2026-26945467</span>, reçu</p>'
    assert typographier_html(une_fois) == une_fois
    assert typographier_html("<title>D-2026-26945467</title>") == "<title>D-2026-26945467</title>"
    assert (
        typographier_html("<label><input> Sophie, D-2026-26945467</label>").count(
            "-\N{WORD JOINER}"
        )
        == 2
    )


def test_l_apostrophe_d_une_option_est_typographique_si_sa_valeur_est_a_part():
    assert (
        typographier_html('<option value="a">L&#x27;offre</option>')
        == '<option value="a">L’offre</option>'
    )
    assert typographier_html("<option>L'offre</option>") == "<option>L'offre</option>"


def test_la_typographie_lit_une_phrase_coupee_comme_si_elle_etait_d_un_trait():
    assert typographier_html(
        "<p>\n  Où\n  ? 12\n  plis,\n  art.\n  R. 2151-6\n</p>"
    ) == typographier_html("<p>Où ? 12 plis, art. R. 2151-6</p>")

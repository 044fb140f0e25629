"""Un gabarit s'indente pour qui l'écrit ; la page servie n'en garde rien qui se voie."""

import pytest

from formats.blancs_html import serrer


def test_le_bord_d_un_bloc_ne_garde_aucun_blanc():
    assert serrer("<ul>\n  <li>\n    Un lot\n  </li>\n</ul>") == "<ul><li>Un lot</li></ul>"


def test_entre_deux_mots_une_fin_de_ligne_vaut_une_espace():
    assert (
        serrer("<p>\n  Vos <b>fichiers</b>\n  sont\n  là\n</p>")
        == "<p>Vos <b>fichiers</b> sont là</p>"
    )


def test_un_blanc_sur_la_ligne_reste_comme_il_est_ecrit():
    assert serrer("<p> Un  <b> lot </b> </p>") == "<p> Un  <b> lot </b> </p>"


def test_les_attributs_d_une_balise_se_suivent_et_leurs_valeurs_ne_changent_pas():
    assert serrer('<a\n  href="/x/"\n  title="l\'un\n  ou l\'autre"\n>y</a\n>') == (
        '<a href="/x/" title="l\'un\n  ou l\'autre">y</a>'
    )


def test_un_attribut_absent_ne_laisse_pas_sa_place():
    assert serrer('<option value="a" >') == '<option value="a">'
    assert (
        serrer('<input  required  title="deux  blancs">') == '<input required title="deux  blancs">'
    )


@pytest.mark.parametrize("nom", ["pre", "textarea", "script", "style"])
def test_ce_qui_se_relit_garde_ses_lignes(nom):
    garde = f"<{nom}>\n  un\n\n  deux\n</{nom}>"

    assert serrer(garde) == garde
    assert serrer(f"{garde}\n<p>\n  trois\n</p>").endswith("<p>trois</p>")


def test_autour_d_un_bouton_l_espace_reste_et_dedans_il_s_en_va():
    assert (
        serrer("<b>x</b>\n<button>\n  Oui\n</button>\n<b>y</b>")
        == "<b>x</b> <button>Oui</button> <b>y</b>"
    )


def test_ce_qu_un_titre_replie_peut_suivre_un_mot_et_en_garde_l_espace():
    serre = serrer(
        "<dd>\n  Non\n  <details>\n    <summary>\n      Pourquoi ?\n    </summary>\n"
        "    La loi\n  </details>\n  <a>Modifier</a>\n</dd>"
    )

    assert serre == (
        "<dd>Non <details><summary>Pourquoi ?</summary>La loi</details> <a>Modifier</a></dd>"
    )


def test_rien_ne_se_glisse_devant_une_virgule_ni_un_point():
    assert serrer("<p>le 3 mai\n  , par Alix\n  .</p>") == "<p>le 3 mai, par Alix.</p>"
    assert serrer("<p>un fichier\n  .zip</p>") == "<p>un fichier .zip</p>"

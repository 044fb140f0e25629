"""La langue des écrans (parcours §2) : les mots du public, des phrases courtes."""

import pytest

from beffroi.faces.portail import langue

PLAFOND_DES_AUTRES_CONTEXTES = 40


def test_aucun_gabarit_ne_parle_jargon():
    gabarits = langue.gabarits()
    fautes = [str(faute) for gabarit in gabarits for faute in langue.fautes(gabarit)]

    assert len(gabarits) > 100
    assert not fautes, "\n".join(fautes)


def test_les_phrases_restent_courtes():
    longues = [
        str(faute)
        for gabarit in langue.gabarits()
        for faute in langue.phrases_longues(gabarit, plafond=plafond_de(gabarit))
    ]

    assert not longues, "\n".join(longues)


def plafond_de(gabarit):
    du_portail = gabarit.is_relative_to(langue.RACINE / "portail")
    return langue.MOTS_CONSEILLES if du_portail else PLAFOND_DES_AUTRES_CONTEXTES


@pytest.mark.parametrize(
    "source",
    [
        "<p>Téléchargez le DCE.</p>",
        "<p>Avant la DLRO</p>",
        "<p>Déposez votre <b>pli</b>.</p>",
        '<input placeholder="Votre e-mail">',
        '{% etat "ok" "Retirer le dossier" %}',
        "<p>Veuillez patienter</p>",
    ],
)
def test_le_jargon_est_reconnu(source, tmp_path, monkeypatch):
    monkeypatch.setattr(langue, "RACINE", tmp_path)
    gabarit = tmp_path / "essai.html"
    gabarit.write_text(source, encoding="utf-8")

    assert len(langue.fautes(gabarit)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "{# le DCE #}",
        '<ol class="plis"></ol>',
        "{{ pli.reference }}",
        "<code>hash</code>",
        "<p>multiplié</p>",
    ],
)
def test_ce_que_le_public_ne_lit_pas_est_libre(source, tmp_path, monkeypatch):
    monkeypatch.setattr(langue, "RACINE", tmp_path)
    gabarit = tmp_path / "essai.html"
    gabarit.write_text(source, encoding="utf-8")

    assert langue.fautes(gabarit) == []


def test_une_phrase_trop_longue_est_vue(tmp_path, monkeypatch):
    monkeypatch.setattr(langue, "RACINE", tmp_path)
    gabarit = tmp_path / "essai.html"
    gabarit.write_text(f"<p>{'mot ' * 26}</p><p>Court. Court.</p>", encoding="utf-8")

    assert [faute.conseil for faute in langue.phrases_longues(gabarit)] == ["26 mots"]

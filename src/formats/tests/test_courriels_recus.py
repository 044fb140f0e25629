"""Ce qu'un courriel dit, ce qu'il joint, et à qui l'on ne répond pas."""

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats import courriels_recus
from formats.courriels_recus import CourrielIllisible, lire, sans_citation, texte_du_html


def courriel(texte="L'écran reste vide.", *, html="", pieces=(), **entetes) -> bytes:
    message = EmailMessage()
    message["From"] = entetes.pop("de", "Sophie Merlin <Sophie@Faitage.example>")
    message["Subject"] = entetes.pop("sujet", "Écran vide")
    message["Message-ID"] = "<1@faitage.example>"
    for nom, valeur in entetes.items():
        message[nom.replace("_", "-")] = valeur
    if texte:
        message.set_content(texte)
    if html:
        (message.add_alternative if texte else message.set_content)(html, subtype="html")
    for nom, octets in pieces:
        message.add_attachment(octets, maintype="application", subtype="octet-stream", filename=nom)
    return message.as_bytes()


def test_ce_qu_une_personne_ecrit():
    lu = lire(courriel(pieces=[("capture.png", b"\x89PNG")]))

    assert (lu.expediteur, lu.nom, lu.sujet) == ("sophie@faitage.example", "Sophie Merlin", "Écran vide")
    assert lu.texte == "L'écran reste vide."
    assert [(piece.nom, piece.octets) for piece in lu.pieces] == [("capture.png", b"\x89PNG")]
    assert lu.identifiant == "<1@faitage.example>"
    assert lu.machine == ""


def test_la_reference_entre_crochets_retrouve_la_demande():
    assert lire(courriel(sujet="Re: [AS-7F3KPT2A] Écran vide")).reference == "AS-7F3KPT2A"
    assert lire(courriel(sujet="AS-7F3KPT2A")).reference == ""


def test_le_html_seul_ne_donne_que_ses_mots():
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>Bonjour,</p><script>alarme()</script>"
        "<p>Le <b>bouton</b> ne r&eacute;pond pas.<br>Merci<img src=https://pisteur.example/p.gif></p></body></html>"
    )
    assert texte_du_html(page) == "Bonjour,\n\nLe bouton ne répond pas.\nMerci"
    assert lire(courriel("", html=page)).texte == "Bonjour,\n\nLe bouton ne répond pas.\nMerci"


def test_le_texte_est_prefere_au_html():
    assert lire(courriel("En texte", html="<p>En page</p>")).texte == "En texte"


@pytest.mark.parametrize(
    "cite",
    [
        "Le ven. 27 nov. 2026 à 10:12, Assistance <aide@cdg.example> a écrit :\n> Rechargez la page.",
        "-----Message d'origine-----\nDe : Assistance\nRechargez la page.",
        "________________________________\nDe : Assistance\nRechargez la page.",
        "> Rechargez la page.",
    ],
)
def test_le_message_auquel_on_repond_ne_se_recopie_pas(cite):
    assert sans_citation(f"Toujours vide.\n\n{cite}\n") == "Toujours vide."


def test_une_reponse_ecrite_dans_la_citation_ne_se_perd_pas():
    seule = "Le ven. 27 nov. 2026 à 10:12, Assistance <aide@cdg.example> a écrit :\n> Rechargez\nFait, sans effet."
    assert "Fait, sans effet." in sans_citation(seule)


@pytest.mark.parametrize(
    ("entetes", "raison"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatique"),
        ({"Precedence": "bulk"}, "nombre"),
        ({"List_Id": "<liste.example>"}, "liste"),
        ({"Return_Path": "<>"}, "non-remise"),
        ({"X_Beffroi_Reference": "C-1"}, "boucle"),
        ({"de": "MAILER-DAEMON@relais.example"}, "machine"),
        ({"de": "aide@cdg.example"}, "boucle"),
    ],
)
def test_on_ne_repond_pas_a_une_machine(entetes, raison):
    assert raison in lire(courriel(**entetes), nos_adresses=frozenset({"aide@cdg.example"})).machine


def test_une_personne_qui_dit_auto_submitted_no_reste_une_personne():
    assert lire(courriel(Auto_Submitted="no")).machine == ""


def test_ce_qui_n_est_pas_lu_dit_pourquoi(monkeypatch):
    with pytest.raises(CourrielIllisible, match="qui l'envoie"):
        lire(b"Subject: rien\n\nBonjour")
    with pytest.raises(CourrielIllisible, match="parties"):
        lire(courriel(pieces=[(f"{n}.txt", b"x") for n in range(120)]))
    monkeypatch.setattr(courriels_recus, "OCTETS_AU_PLUS", 100)
    with pytest.raises(CourrielIllisible, match="60 Mo"):
        lire(courriel())


def test_un_jeu_de_signes_inconnu_se_lit_quand_meme():
    brut = b"From: a@b.example\nContent-Type: text/plain; charset=martien\n\n\xc3\xa9t\xc3\xa9"
    assert lire(brut).texte == "été"


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_n_importe_quels_octets_se_lisent_ou_se_refusent_d_une_phrase(suite):
    try:
        lu = lire(b"From: a@b.example\n" + suite)
    except CourrielIllisible as refus:
        assert str(refus).endswith(".")
    else:
        assert "\0" not in lu.texte + lu.sujet

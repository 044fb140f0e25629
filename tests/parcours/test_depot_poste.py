"""Et si le fichier ou le navigateur ne convient pas :
trois arrêts, des avertissements, quatre issues (parcours §3.5).
"""

import re

import pytest

from tests.parcours.depot import (
    aller_aux_pieces,
    aller_verifier,
    attendre_les_mots,
    attendre_recus,
    commencer,
    texte,
)


def test_une_limite_est_dite_exactement(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    trop_long = {"name": "a" * 256 + ".pdf", "mimeType": "application/pdf", "buffer": b"x"}
    page.locator("[data-choix]").set_input_files([trop_long])
    attendre_les_mots(page, "La limite est de 255 octets")
    assert page.locator("li[data-cle]").count() == 0


@pytest.mark.parametrize(
    "limite, valeur, phrases",
    [
        (
            "octets_par_fichier",
            5,
            ("La limite est de 5 octets par fichier.", "Découpez-le, ou remettez une copie"),
        ),
        (
            "octets_par_reponse",
            15,
            ("La limite est de 15 octets.", "Allégez-la, ou remettez une copie"),
        ),
        (
            "fichiers_par_reponse",
            1,
            ("La limite est de 1.", "Réunissez-en plusieurs dans une archive ZIP."),
        ),
    ],
)
def test_une_limite_depassee_dit_quoi_faire(ouvrir, plateforme, limite, valeur, phrases):
    """La page applique ce que le serveur annonce ; ici, une annonce plus petite."""
    page = ouvrir()
    reponse = commencer(page, plateforme)
    page.route(
        re.compile(r"/pieces/offre/$"),
        lambda route: route.fulfill(
            response=(servie := route.fetch()),
            body=re.sub(rf'("{limite}": )\d+', rf"\g<1>{valeur}", servie.text()),
        ),
    )
    aller_aux_pieces(page, reponse)
    page.locator("[data-choix]").set_input_files(
        [
            {"name": f"{nom}.pdf", "mimeType": "application/pdf", "buffer": b"dix octets"}
            for nom in ("un", "deux")
        ]
    )
    for phrase in phrases:
        attendre_les_mots(page, phrase)
    assert page.locator("li[data-cle]").count() == 0


def test_les_avertissements_n_arretent_pas(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse, "")
    page.locator("[data-choix]").set_input_files(
        [
            {"name": nom, "mimeType": "application/pdf", "buffer": contenu}
            for nom, contenu in (
                ("vide.pdf", b""),
                ("bordereau-prix.pdf", b"%PDF prix"),
                ("=cmd.pdf", b"meme contenu"),
                ("jumeau.pdf", b"meme contenu"),
                ("secret.pdf", b"%PDF-1.7 /Encrypt << >>"),
                ("lettre de candidature 9000€.exe", b"MZ"),
            )
        ]
    )
    attendre_recus(page, 6)
    lu = texte(page)
    du_serveur = (
        "Ce fichier est vide",
        "Un prix se met dans l'offre",
        "formule",
        "n'est pas dans la liste",
        "un montant",
    )
    for phrase in (*du_serveur, "le même contenu", "mot de passe"):
        assert phrase in lu, phrase
    aller_verifier(page, reponse)
    assert "mot de passe" in texte(page)

    ailleurs = ouvrir(storage_state=page.context.storage_state())
    aller_verifier(ailleurs, reponse)
    for phrase in du_serveur:
        assert texte(ailleurs).count(phrase) == texte(page).count(phrase) > 0, phrase


MOTEUR_FAUX = """
const juste = crypto.subtle.encrypt.bind(crypto.subtle);
crypto.subtle.encrypt = async (algorithme, cle, clair) => {
  const scelle = await juste(algorithme, cle, clair);
  if (clair.byteLength > 0) new Uint8Array(scelle)[0] ^= 1;
  return scelle;
};
"""


def test_un_navigateur_qui_scelle_de_travers_est_arrete_avant_le_premier_fichier(
    ouvrir, plateforme
):
    """Le moteur répond juste au vecteur connu, et abîme tout le reste :
    seul l'essai le découvre.
    """
    page = ouvrir()
    reponse = commencer(page, plateforme)
    envoyes: list[str] = []
    page.on(
        "request",
        lambda demande: envoyes.append(demande.url) if "/parties/" in demande.url else None,
    )
    page.context.route(
        re.compile(r"/js/ouvrier(\.[0-9a-f]+)?\.js"),
        lambda route: route.fulfill(
            response=(servi := route.fetch()), body=servi.text() + MOTEUR_FAUX
        ),
    )
    aller_aux_pieces(page, reponse)
    page.locator("[data-choix]").set_input_files(
        [{"name": "acte.pdf", "mimeType": "application/pdf", "buffer": b"%PDF acte"}]
    )

    attendre_les_mots(page, "ce navigateur ne rouvre pas ce qu'il scelle")
    assert envoyes == []


def test_sans_javascript_aucun_formulaire_et_quatre_issues(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    etat = page.context.storage_state()
    muette = ouvrir(java_script_enabled=False, storage_state=etat)
    muette.goto(f"/reponses/{reponse}/pieces/offre/")
    lu = texte(muette)

    assert "Ce navigateur ne peut pas sceller votre réponse" in lu
    for issue in (
        "Un autre navigateur",
        "./beffroi deposer",
        "La copie de sauvegarde",
        "03 53 01 62 62",
    ):
        assert issue in lu
    assert muette.locator("input[type=file]:visible, [data-deposer]:visible").count() == 0


def test_un_navigateur_sans_scellement_le_dit(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    page.add_init_script("delete globalThis.Worker")
    page.goto(f"/reponses/{reponse}/pieces/offre/")
    page.locator("[data-sans-scellement]", has_text="ne peut pas sceller").wait_for()
    assert page.locator("[data-depose]:visible").count() == 0

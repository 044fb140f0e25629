"""Deux navigateurs : Martine montre son écran, Fanny le voit, désigne, parle, écrit ;
et tout s'arrête d'un clic.

Le Chromium des parcours n'a pas d'écran à capturer : un dessin animé tient lieu de ce qui est
choisi. Le reste est vrai : l'accord, le code, la liaison des deux navigateurs, l'image reçue, la
voix d'un micro d'essai, le pointeur, le flou.
"""

import sqlite3
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.navigateur import CHROMIUM, chemin_du_chromium
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme

# Sans annonce sur le réseau local,
# deux navigateurs d'une même machine ne se trouveraient que par leurs vraies adresses.
VRAIES_ADRESSES = ["--disable-features=WebRtcHideLocalIpsWithMdns"]
# Le micro d'essai de Chromium bipe chaque seconde.
MICRO_D_ESSAI = "--use-fake-device-for-media-stream"
PERMIS, REFUSE = "--use-fake-ui-for-media-stream", "--use-fake-ui-for-media-stream=deny"
# L'image change sans cesse : un dessin immobile ne s'enverrait pas.
# La poignée est celle de l'onglet, que Chromium donnerait.
UN_ECRAN = """
navigator.mediaDevices.getDisplayMedia = async () => {
  if (window.refuser) throw new DOMException("", "NotAllowedError");
  const toile = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const dessin = toile.getContext("2d");
  setInterval(() => {
    dessin.fillStyle = `hsl(${Date.now() / 20 % 360} 80% 50%)`;
    dessin.fillRect(0, 0, 640, 360);
  }, 50);
  const flux = toile.captureStream(10);
  const [piste] = flux.getVideoTracks();
  piste.getCaptureHandle = () => ({ origin: location.origin, handle: window.poignee });
  return flux;
};
"""
# Les liaisons de la page, pour lire ce qu'elles reçoivent ;
# et le micro qui s'arrête, même si la page se recharge aussitôt.
DES_LIAISONS = """
const arreter = MediaStreamTrack.prototype.stop;
MediaStreamTrack.prototype.stop = function () {
  if (this.kind === "audio") localStorage.setItem("arrete", this.kind);
  return arreter.call(this);
};
window.liaisons = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...reglages) { super(...reglages); window.liaisons.push(this); }
};
"""
SON_RECU = """async () => {
  const rapport = await window.liaisons.at(-1).getStats();
  const voix = [...rapport.values()].find((r) => r.type === "inbound-rtp" && r.kind === "audio");
  return [voix?.bytesReceived ?? 0, voix?.totalAudioEnergy ?? 0];
}"""
UN_ONGLET = """
navigator.mediaDevices.setCaptureHandleConfig = ({ handle }) => { window.poignee = handle; };
"""


@pytest.fixture(scope="module")
def chromium(pilote: Any) -> Iterator[Any]:
    navigateur = lancer(pilote, PERMIS)
    yield navigateur
    navigateur.close()


@pytest.fixture
def qui_refuse(pilote: Any, plateforme: Plateforme) -> Iterator[Any]:
    """Une page dans un navigateur qui refuse le micro à tous les sites."""
    navigateur = lancer(pilote, REFUSE)
    yield navigateur.new_context(base_url=plateforme.adresse, locale="fr-FR").new_page()
    navigateur.close()


def lancer(pilote: Any, micro: str) -> Any:
    args = [*CHROMIUM, *VRAIES_ADRESSES, MICRO_D_ESSAI, micro]
    return pilote.chromium.launch(executable_path=chemin_du_chromium(), args=args)


def accepter(page: Any) -> Any:
    """Depuis le pied de n'importe quelle page : l'accord, dans un onglet à part, puis le code."""
    with page.context.expect_page() as ouverte:
        page.get_by_role("contentinfo").get_by_role("link", name="Partager mon écran").click()
    fenetre = ouverte.value
    fenetre.get_by_label("accepte de montrer mon écran").check()
    fenetre.get_by_role("button", name="Obtenir mon code").click()
    fenetre.locator(".code-dicte").wait_for()
    return fenetre


def rejoindre(fanny: Any, fenetre: Any) -> None:
    fanny.goto("/cdg/teleassistance/")
    fanny.get_by_label("Code que la personne vous dicte").fill(
        fenetre.locator(".code-dicte").inner_text()
    )
    fanny.get_by_role("button", name="Rejoindre").click()
    fenetre.locator("[data-choisir]").wait_for()


def octets_et_energie(page: Any) -> tuple[int, float]:
    """Ce que la page a reçu de voix : des octets, et le son qu'ils portent."""
    octets, energie = page.evaluate(SON_RECU)
    return octets, energie


def entend(page: Any) -> bool:
    """Du son arrive : plus d'octets, et de l'énergie dedans."""
    depart, fin = octets_et_energie(page), time.monotonic() + 20
    while time.monotonic() < fin:
        octets, energie = octets_et_energie(page)
        if octets > depart[0] and energie > depart[1]:
            return True
        page.wait_for_timeout(200)
    return False


def silence(page: Any) -> bool:
    """Deux bips du micro d'essai seraient passés : plus un octet n'arrive."""
    fin = time.monotonic() + 15
    while time.monotonic() < fin:
        depart = octets_et_energie(page)
        page.wait_for_timeout(2500)
        if octets_et_energie(page)[0] == depart[0]:
            return True
    return False


def flou(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.querySelector('[data-prive]')).filter"))


def test_d_un_code_dicte_a_l_arret(ouvrir: Any, plateforme: Plateforme) -> None:
    fanny, cle = ouvrir(), ouvrir()
    connecter(fanny, plateforme.compte("fanny"))
    connecter(cle, plateforme.compte("martine"), vers="/cles/facons/phrase/ajouter/")
    cle.context.add_init_script(UN_ECRAN + UN_ONGLET)
    cle.reload()
    assert flou(cle) == "none"
    fenetre = accepter(cle)
    assert regarder(fenetre) == []
    fenetre.set_viewport_size({"width": 1280, "height": 900})
    rejoindre(fanny, fenetre)
    assert "Fanny" in fenetre.locator("main").inner_text()
    assert regarder(fenetre) == []

    fenetre.evaluate("window.refuser = true")
    fenetre.locator("[data-choisir]").click()
    fenetre.get_by_text("Vous n'avez rien choisi").wait_for()
    fenetre.evaluate("window.refuser = false")
    fenetre.locator("[data-choisir]").click()
    fanny.locator("video[data-joint]").wait_for()
    fanny.wait_for_function("() => document.querySelector('video').videoWidth === 640")

    cle.get_by_text("Vous montrez votre écran à").wait_for()
    assert (
        "blur" in flou(cle)
        and cle.get_by_text("Flouté pendant que vous montrez").first.is_visible()
    )
    fenetre.evaluate(f"window.poignee = {cle.evaluate('window.poignee')!r}")
    fanny.get_by_text("la personne voit votre pointeur").wait_for()
    fanny.locator("video").hover(position={"x": 100, "y": 100})
    cle.locator(".partage-pointeur").wait_for()
    fanny.get_by_label("Votre message").fill("Ouvrez <b>le menu</b>")
    fanny.get_by_role("button", name="Envoyer").click()
    cle.get_by_text("Ouvrez <b>le menu</b>").wait_for()
    assert regarder(fanny) == [] and regarder(cle) == []

    cle.get_by_role("button", name="Arrêter de montrer").click()
    fenetre.get_by_role("heading", name="Le partage est terminé").wait_for()
    fanny.get_by_text("La personne y a mis fin").wait_for()
    cle.locator(".partage-en-cours").wait_for(state="detached")
    assert flou(cle) == "none" and cle.erreurs == fanny.erreurs == []
    assert restes(plateforme) == (0, "termine")


def test_un_jeton_montre_une_seule_fois_reste_flou_le_temps_du_partage(
    ouvrir: Any, plateforme: Plateforme
) -> None:
    fanny, martine = ouvrir(), ouvrir()
    a_deux(fanny, martine, plateforme)
    martine.goto("/compte/securite/")
    martine.get_by_label("Nom du jeton").fill("Logiciel de la mairie")
    martine.locator("form[action*=jetons] input[type=checkbox]").first.check()
    martine.get_by_role("button", name="Créer le jeton").click()
    martine.get_by_role("heading", name="est créé").wait_for()

    assert "blur" in flou(martine) and martine.locator("[data-prive] code").count() == 1
    assert martine.get_by_text("Flouté pendant que vous montrez").is_visible()
    assert regarder(martine) == []
    martine.get_by_role("button", name="Arrêter de montrer").click()
    martine.locator(".partage-en-cours").wait_for(state="detached")
    assert flou(martine) == "none" and martine.erreurs == []


# Chaque jour, un code dicté ouvre le partage, qui s'arrête ; ici, il se reprend.
@pytest.mark.long
def test_une_fenetre_fermee_coupe_et_se_reprend(ouvrir: Any, plateforme: Plateforme) -> None:
    fanny, martine = ouvrir(), ouvrir()
    connecter(fanny, plateforme.compte("fanny"))
    connecter(martine, plateforme.compte("martine"), vers="/aide/")
    martine.context.add_init_script(UN_ECRAN)
    premiere = accepter(martine)
    fenetre = accepter(martine)
    premiere.get_by_role("heading", name="Un autre code remplace celui-ci").wait_for()
    rejoindre(fanny, fenetre)
    fenetre.locator("[data-choisir]").click()
    fanny.locator("video[data-joint]").wait_for()

    fanny.reload()
    fanny.locator("video[data-joint]").wait_for()
    adresse = fenetre.url
    fenetre.close(run_before_unload=False)
    fanny.get_by_text("demandez à la personne un nouveau code").wait_for(timeout=60_000)
    martine.locator(".partage-en-cours").wait_for(state="detached")
    martine.goto(adresse)
    martine.get_by_role("link", name="Reprendre avec un nouveau code").click()
    assert martine.get_by_label("accepte de montrer mon écran").is_checked() is False
    assert restes(plateforme) == (0, "coupe")


def a_deux(fanny: Any, martine: Any, plateforme: Plateforme) -> Any:
    """Fanny voit l'écran de Martine ; les micros sont coupés. Rend la fenêtre de partage."""
    for page, qui, vers in ((fanny, "fanny", "/"), (martine, "martine", "/aide/")):
        page.context.add_init_script(DES_LIAISONS + UN_ECRAN)
        connecter(page, plateforme.compte(qui), vers=vers)
    fenetre = accepter(martine)
    fenetre.set_viewport_size({"width": 1280, "height": 900})
    rejoindre(fanny, fenetre)
    fenetre.locator("[data-choisir]").click()
    fanny.locator("video[data-joint]").wait_for()
    fanny.get_by_text("Votre micro est coupé.").wait_for()
    return fenetre


# Chaque jour, un code dicté ouvre le partage, qui s'arrête ; ici, la voix.
@pytest.mark.long
def test_elles_se_parlent_chacune_par_son_geste(ouvrir: Any, plateforme: Plateforme) -> None:
    fanny, martine = ouvrir(), ouvrir()
    fenetre = a_deux(fanny, martine, plateforme)
    assert silence(fanny) and octets_et_energie(fanny)[1] == 0

    fenetre.get_by_role("button", name="Parler").click()
    fenetre.get_by_text("Votre micro est ouvert. Fanny").wait_for()
    fanny.get_by_text("est ouvert : vous l’entendez").wait_for()
    martine.get_by_text("Votre micro est ouvert").wait_for()
    assert entend(fanny) and silence(fenetre)
    assert regarder(fenetre) == [] and regarder(fanny) == [] and regarder(martine) == []
    fanny.get_by_role("button", name="Parler").press("Enter")
    assert entend(fenetre)

    fanny.reload()
    fanny.locator("video[data-joint]").wait_for()
    fanny.get_by_text("est ouvert : vous l’entendez").wait_for()
    fenetre.get_by_text("de Fanny Roussel est coupé").wait_for()
    assert entend(fanny) and silence(fenetre)
    martine.reload()
    martine.get_by_role("button", name="Couper mon micro").click()
    fenetre.get_by_text("Votre micro est coupé.").wait_for()
    martine.get_by_text("Votre micro est ouvert").wait_for(state="hidden")
    assert silence(fanny)

    fenetre.get_by_role("button", name="Parler").click()
    fenetre.get_by_text("Votre micro est ouvert.").wait_for()
    fenetre.evaluate("localStorage.removeItem('arrete')")
    fanny.get_by_role("button", name="Mettre fin au partage").click()
    fenetre.get_by_role("heading", name="Le partage est terminé").wait_for()
    assert fenetre.evaluate("localStorage.getItem('arrete')") == "audio"
    assert fanny.erreurs == martine.erreurs == []


# Chaque jour, un code dicté ouvre le partage, qui s'arrête ; ici, sans micro.
@pytest.mark.long
def test_un_micro_refuse_laisse_l_ecrit_et_le_telephone(
    ouvrir: Any, qui_refuse: Any, plateforme: Plateforme
) -> None:
    fanny = ouvrir()
    fenetre = a_deux(fanny, qui_refuse, plateforme)

    fenetre.get_by_role("button", name="Parler").click()
    fenetre.get_by_text(
        "votre navigateur ne l’a pas ouvert. Écrivez ci-dessous, ou parlez au téléphone"
    ).wait_for()
    assert silence(fanny)
    fenetre.get_by_label("Votre message").fill("Je vous écris plutôt")
    fenetre.get_by_role("button", name="Envoyer").click()
    fanny.get_by_text("Je vous écris plutôt").wait_for()
    assert regarder(fenetre) == [] and fanny.erreurs == []
    fenetre.locator("[data-arreter]").click()


def restes(plateforme: Plateforme) -> tuple[int, str]:
    """Ce qui joignait les navigateurs, et comment le dernier partage rejoint a fini."""
    base = sqlite3.connect(plateforme.dossier / "beffroi.sqlite3", timeout=20)
    (signaux,) = base.execute("SELECT count(*) FROM teleassistance_signal").fetchone()
    (etat,) = base.execute(
        "SELECT etat FROM teleassistance_partage WHERE rejoint_le IS NOT NULL ORDER BY id DESC"
    ).fetchone()
    base.close()
    return signaux, etat

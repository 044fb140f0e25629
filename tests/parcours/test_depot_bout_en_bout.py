"""De la page publique au récépissé, puis remplacer, retirer, vérifier :
Sophie, et Kévin à 11:41 pour 12:00.
"""

import hashlib
import json
import zipfile

from tests.parcours.depot import (
    MEGA,
    aller_verifier,
    attendre_le_recepisse,
    attendre_les_mots,
    commencer,
    deposer,
    envoyer,
    fichiers,
    texte,
)
from tests.parcours.gestes.connexion import connecter


def test_kevin_depose_a_la_derniere_minute(ouvrir, plateforme, tmp_path):
    """Une seule zone où tout glisser :
    les noms trouvent leur pièce, et le dépôt se fait en deux clics.
    """
    page = ouvrir()
    f = fichiers(
        tmp_path, acte_engagement_signe=200_000, memoire_technique=20 * MEGA, bordereau_prix=50_000
    )
    reponse = commencer(page, plateforme)
    assert "Rien n’est encore déposé" in page.title()
    envoyer(page, reponse, *f.values())
    assert page.locator("li[data-piece]", has_text="Reçu et vérifié").count() == 3

    page.get_by_role("link", name="Vérifier et déposer").click()
    page.locator("[data-deposer]").click()
    recepisse = attendre_le_recepisse(page)

    lu = texte(page)
    assert recepisse in lu and "Dans les délais" in lu and "Mémoire technique" in lu
    assert page.erreurs == []


def test_la_copie_complete_se_verifie_hors_connexion(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    f = fichiers(tmp_path, acte_engagement=3000, memoire_technique=9 * MEGA)
    reponse = commencer(page, plateforme)
    envoyer(page, reponse, *f.values())
    recepisse = deposer(page, reponse)
    with page.expect_download() as telechargement:
        page.get_by_role("button", name="Enregistrer ma copie complète").click()
    copie = tmp_path / "copie.zip"
    telechargement.value.save_as(copie)

    manifeste = json.loads(zipfile.ZipFile(copie).read("manifeste.json"))
    empreintes = {fichier["sha256"] for fichier in manifeste["fichiers"]}
    assert empreintes == {hashlib.sha256(chemin.read_bytes()).hexdigest() for chemin in f.values()}

    visiteur = ouvrir()
    visiteur.goto("/verifier/")
    visiteur.locator("#recu").set_input_files(str(copie))
    attendre_les_mots(visiteur, f"Le récépissé {recepisse} est authentique")
    autre = fichiers(tmp_path, autre=3000)["autre"]
    visiteur.locator("#fichiers").set_input_files([str(f["memoire_technique"]), str(autre)])
    attendre_les_mots(visiteur, "Différent")
    assert visiteur.locator("[data-comparaison] li", has_text="Identique").count() == 1
    assert page.erreurs == [] and visiteur.erreurs == []

    # Sans les clés du site, rien n'est dit authentique, et ce qui ne se compare pas n'est pas faux.
    visiteur.route("**/journal/cles.json", lambda demande: demande.abort())
    visiteur.locator("#recu").set_input_files(str(copie))
    attendre_les_mots(visiteur, f"Le récépissé {recepisse} s'accorde avec lui-même")
    assert "authentique" not in visiteur.locator("[data-resultat]").inner_text()
    sans_manifestes(copie)
    visiteur.locator("#recu").set_input_files(str(copie))
    attendre_les_mots(visiteur, "seuls les fichiers scellés")
    visiteur.locator("#fichiers").set_input_files(str(f["memoire_technique"]))
    attendre_les_mots(visiteur, "Ne se compare pas")


def sans_manifestes(copie) -> None:
    """La copie du serveur : le même récépissé, sans les empreintes en clair."""
    with zipfile.ZipFile(copie) as archive:
        pieces = {nom: archive.read(nom) for nom in archive.namelist()}
    with zipfile.ZipFile(copie, "w") as archive:
        for nom, octets in pieces.items():
            if nom != "manifeste.json":
                archive.writestr(nom, octets)


def test_les_empreintes_en_clair_ne_partent_jamais(ouvrir, plateforme, tmp_path):
    """Tout ce que le navigateur envoie est relu : l'empreinte du clair n'y est pas."""
    page = ouvrir()
    envois = []
    page.on(
        "request",
        lambda requete: envois.append((requete.post_data_buffer or b"") + requete.url.encode()),
    )
    f = fichiers(tmp_path, acte_engagement=3000)
    reponse = commencer(page, plateforme)
    envoyer(page, reponse, *f.values())
    deposer(page, reponse)

    clair = hashlib.sha256(f["acte_engagement"].read_bytes())
    assert any(b'"engagement"' in envoi for envoi in envois)
    assert not any(
        clair.hexdigest().encode() in envoi or clair.digest() in envoi for envoi in envois
    )


def test_un_zip_altere_est_refuse(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    envoyer(page, reponse, *fichiers(tmp_path, acte_engagement=3000).values())
    recepisse = deposer(page, reponse)
    archive = page.request.get(f"/depots/{recepisse}/recu.zip").body()
    faux = tmp_path / "faux.zip"
    with zipfile.ZipFile(tmp_path / "vrai.zip", "w") as vide:
        vide.writestr("rien", "")
    (tmp_path / "vrai.zip").write_bytes(archive)
    with zipfile.ZipFile(tmp_path / "vrai.zip") as lu, zipfile.ZipFile(faux, "w") as ecrit:
        for nom in lu.namelist():
            contenu = lu.read(nom)
            ecrit.writestr(
                nom, contenu.replace(b"false", b"true ") if nom == "depot.json" else contenu
            )

    page.goto("/verifier/")
    page.locator("#recu").set_input_files(str(faux))
    page.locator("[data-resultat]", has_text="pas vérifié").wait_for()
    assert page.locator("[data-resultat] li", has_text="Refusé").count() > 0


def test_remplacer_puis_retirer(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    f = fichiers(tmp_path, acte_engagement=3000, memoire_technique=5000)
    reponse = commencer(page, plateforme)
    envoyer(page, reponse, f["acte_engagement"])
    premier = deposer(page, reponse)
    page.get_by_role("link", name="remplacer").click()
    page.goto(f"/reponses/{reponse}/pieces/offre/")
    page.locator("html[data-depot=pret]").wait_for()
    page.locator("li[data-piece]", has_text="Mémoire").locator("input[type=file]").set_input_files(
        str(f["memoire_technique"])
    )
    page.locator("[data-compte]", has_text="2 fichiers reçus").wait_for()

    aller_verifier(page, reponse)
    assert "Ce dépôt remplacera celui de" in texte(page) and premier in texte(page)
    page.locator("[data-deposer]").click()
    page.wait_for_url(lambda adresse: "/depots/D-" in adresse and premier not in adresse)
    second = attendre_le_recepisse(page)
    assert f"Réponse remplacée\n{premier}" in texte(page)

    page.get_by_role("link", name="retirer", exact=True).click()
    page.get_by_role("button", name="Retirer cette réponse").click()
    page.wait_for_url(f"**/depots/{second}/")
    assert "Cette réponse est retirée" in texte(page)


def test_apres_l_heure_limite_le_depot_est_recu_et_marque(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme, "lucie", plateforme.consultation("close"))
    envoyer(page, reponse, *fichiers(tmp_path, acte_engagement=3000).values())
    aller_verifier(page, reponse)
    assert "L'heure limite est passée" in texte(page)
    page.locator("[data-deposer]").click()
    attendre_le_recepisse(page)

    assert "Hors délai" in texte(page)


def test_une_consultation_sans_suite_ne_recoit_plus(ouvrir, plateforme):
    page = ouvrir()
    page.goto(f"/consultations/{plateforme.consultation('sans_suite')['reference']}/deposer/")

    assert "ne reçoit plus de réponse" in texte(page)
    assert page.get_by_role("link", name="Créer un compte").count() == 0


def test_une_reponse_allotie_a_une_offre_par_lot(ouvrir, plateforme, tmp_path):
    allotie = next(
        c for c in plateforme.recit["consultations"] if c["etat"] == "publiee" and c["lots"]
    )
    page = ouvrir()
    page.goto("/")
    connecter(
        page, plateforme.compte("lucie"), vers=f"/consultations/{allotie['reference']}/deposer/"
    )
    page.locator("input[name=lots]").nth(0).check()
    page.locator("input[name=lots]").nth(1).check()
    page.locator("button", has_text="Commencer").click()
    page.wait_for_url("**/reponses/**")
    reponse = page.url.rstrip("/").rsplit("/", 1)[1]
    f = fichiers(tmp_path, lettre_candidature=2000, acte_engagement=3000, memoire_technique=4000)
    envoyer(page, reponse, f["lettre_candidature"], place="")
    envoyer(page, reponse, f["acte_engagement"], place="lot-1/")
    envoyer(page, reponse, f["memoire_technique"], place="lot-2/")
    deposer(page, reponse)

    lu = texte(page)
    assert all(titre in lu for titre in ("Candidature", "Offre du lot 1", "Offre du lot 2"))

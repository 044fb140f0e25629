"""Toute l'histoire, au navigateur :
publier, lire, déposer malgré une panne, ouvrir à deux, vérifier le registre.
"""

import time
import zipfile
from datetime import datetime, timedelta

from tests.parcours.depot import attendre_page, retenir
from tests.parcours.gestes import acheteur, entreprise, seance
from tests.parcours.gestes.confiance import connue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.fichiers import ecrire, pieces_du_dossier, reponse_de_sophie
from tests.parcours.gestes.surveillance import sans_faute
from tests.serveurs.souche import beffroi

LOTS = ("Couverture en ardoise", "Charpente en chêne")


def test_une_offre_scellee_de_la_publication_a_l_ouverture(plateforme, ouvrir, tmp_path):
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/consultations/nouvelle/")
    reference, limite = publier(plateforme, ouvrir, martine)
    envoyes = reponse_de_sophie(tmp_path)
    sophie = connecter(ouvrir(), plateforme.compte("sophie"), vers=f"/consultations/{reference}/")
    reponse = envoyer(plateforme, sophie, reference, envoyes)
    limite = acheteur.prolonger_si_le_temps_manque(
        martine, reference, limite, il_faut=timedelta(seconds=20)
    )
    recepisse = entreprise.deposer_en_cliquant_deux_fois(sophie, reponse)
    assert depots_connus(sophie, reference) == [recepisse]
    fichiers = [chemin for ecran in envoyes.values() for chemin in ecran]
    verifier_le_recepisse(sophie, recepisse, tmp_path, fichiers)
    lire_sans_compte(ouvrir(), reference, tmp_path)
    attendre(limite)
    fichiers += deposer_en_retard(plateforme, reference, tmp_path)

    helene, proces_verbal = ouvrir_a_deux(plateforme, ouvrir, reference)

    assert proces_verbal.startswith(b"%PDF")
    ouverts = seance.fichiers_ouverts(helene, reference)
    assert sorted(ouverts) == sorted((chemin.name, chemin.read_bytes()) for chemin in fichiers)
    sans_faute(helene)
    sans_faute(martine)
    for preuve in (beffroi("verifier", "--journal", plateforme.adresse), plateforme.verifier()):
        assert preuve.returncode == 0, preuve.stdout + preuve.stderr


def publier(plateforme, ouvrir, martine):
    """Martine rédige et crée les clés ;
    deux personnes essaient la leur, chacune sur son poste ; elle publie.
    """
    reference = acheteur.rediger(martine, "Couverture de la halle", LOTS)
    acheteur.designer(martine, reference, ("Martine Caron", "Hélène Duriez", "Bernard Lefebvre"))
    acheteur.une_cle_suffit(martine)
    acheteur.creer_les_cles(martine, reference, plateforme.compte("martine")["phrase_de_cle"])
    helene = connecter(ouvrir(), plateforme.compte("helene"), vers="/cles/")
    for page, nom in ((martine, "martine"), (helene, "helene")):
        acheteur.essayer_sa_cle(page, plateforme.compte(nom)["phrase_de_cle"])
    sans_faute(helene)
    limite = acheteur.fixer_une_limite_proche(martine, reference)
    acheteur.publier(martine, reference)
    return reference, limite


def envoyer(plateforme, sophie, reference, envoyes):
    reponse = entreprise.commencer(sophie, reference)
    for ecran in ("candidature", "lot-2", "lot-1"):
        entreprise.aller_aux_fichiers(sophie, reponse, ecran)
        entreprise.choisir(sophie, envoyes[ecran])
        entreprise.attendre_la_reception(sophie, [chemin.name for chemin in envoyes[ecran]])
    sans_faute(sophie)
    envoyer_malgre_la_panne(plateforme, sophie, envoyes["gros"][0])
    return reponse


def ouvrir_a_deux(plateforme, ouvrir, reference):
    """Hélène préside, Bernard est à la table ;
    trois enveloppes à temps, puis deux en retard, puis le procès-verbal.
    """
    helene, bernard, tenue = seance.deux_a_table(
        plateforme, ouvrir, reference, autres="Martine Caron, secrétaire de mairie"
    )
    seance.tourner_les_cles(
        helene, bernard, tenue, phrase=plateforme.compte("helene")["phrase_de_cle"]
    )
    assert len(seance.ouvrir_les_enveloppes(helene)) == 3
    helene.get_by_role("link", name="Réponses hors délai").click()
    seance.admettre_le_retard(helene, motif="Le service était en panne à l'heure limite.")
    assert len(seance.ouvrir_les_enveloppes(helene)) == 2
    proces_verbal = seance.clore(helene, tenue)
    sans_faute(bernard)
    return helene, proces_verbal


def envoyer_malgre_la_panne(plateforme, page, gros):
    """Le serveur meurt au milieu du gros fichier.

    La page reprend seule ; ce qui était reçu ne repart pas.
    """
    parties = entreprise.PartiesEnvoyees(page)
    passees, retenues, relacher = retenir(page, apres=2)
    entreprise.choisir(page, [gros])
    attendre_page(page, lambda: len(parties.recues) == len(passees) == 2 and retenues)
    plateforme.tuer()
    relacher()
    try:
        page.locator("[data-avis]").get_by_text("est perdu").wait_for(timeout=90_000)
    finally:
        plateforme.demarrer()
    entreprise.attendre_la_reception(page, [gros.name])
    assert len(parties.recues) == len(set(parties.recues)) >= 5
    sans_faute(page, serveur_mort=True)


def depots_connus(page, reference):
    """Les récépissés que la page « Déposer une réponse » rappelle à l'entreprise."""
    page.goto(f"/consultations/{reference}/deposer/")
    return [
        lien.get_attribute("href").split("/")[-2]
        for lien in page.locator("main a[href^='/depots/']").all()
    ]


def verifier_le_recepisse(page, recepisse, tmp_path, fichiers):
    """`beffroi verifier` accepte le récépissé, et les fichiers de Sophie avec sa copie complète."""
    page.goto(f"/depots/{recepisse}/")
    recu = entreprise.telecharger(
        page, page.get_by_role("link", name="Récépissé et preuves"), tmp_path / "recu.zip"
    )
    copie = entreprise.telecharger(
        page, page.get_by_role("button", name="Enregistrer ma copie"), tmp_path / "copie.zip"
    )
    for commande in (
        ("verifier", str(recu)),
        ("verifier", str(copie), "--fichiers", *map(str, fichiers)),
    ):
        fait = beffroi(*commande, *connue(page, tmp_path))
        assert fait.returncode == 0, fait.stdout + fait.stderr
    sans_faute(page)


def lire_sans_compte(page, reference, tmp_path):
    """Sans compte : la page, tout le dossier, un fichier.

    Les octets sont ceux que Martine a joints.
    """
    page.goto(f"/consultations/{reference}/")
    page.get_by_role("heading", name="Couverture de la halle").wait_for()
    lien = page.get_by_role("link", name="Télécharger le dossier").first
    with zipfile.ZipFile(entreprise.telecharger(page, lien, tmp_path / "dossier.zip")) as dossier:
        contenus = {
            info.filename.rsplit("/", 1)[-1]: dossier.read(info) for info in dossier.infolist()
        }
    joints = {nom: octets for _, nom, octets in pieces_du_dossier()}
    assert joints.items() <= contenus.items()
    un_seul = page.locator("main a[href*='/documents/'][href$='.ods']").first
    assert (
        entreprise.telecharger(page, un_seul, tmp_path / "un.ods").read_bytes()
        == joints["bordereau des prix.ods"]
    )
    sans_faute(page)


def deposer_en_retard(plateforme, reference, tmp_path):
    """Zoé, par la ligne de commande, trop tard : reçue, scellée, marquée hors délai."""
    fichiers = ecrire(
        tmp_path / "z",
        {"dc1 de Zoé.pdf": b"%PDF-1.7 trop tard", "offre de Zoé.pdf": b"%PDF-1.7 offre"},
    )
    fait = beffroi(
        "deposer",
        "--url",
        plateforme.adresse,
        "--jeton",
        plateforme.compte("zoe")["jeton_api"],
        "--consultation",
        reference,
        "--lot",
        "2",
        "--candidature",
        str(fichiers[0]),
        "--offre",
        str(fichiers[1]),
        "--recu",
        str(tmp_path / "recu-zoe.zip"),
        "--atelier",
        str(tmp_path / "atelier"),
    )
    assert fait.returncode == 0, fait.stdout + fait.stderr
    with zipfile.ZipFile(tmp_path / "recu-zoe.zip") as recu:
        assert b'"hors_delai":true' in recu.read("depot.json")
    return fichiers


def attendre(limite):
    while datetime.now(acheteur.PARIS) <= limite + timedelta(milliseconds=200):
        time.sleep(0.2)

"""La publicité dans un vrai client :
lire ce qui est dû, écrire l'avis, l'envoyer à la main, en dire la suite.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.achat.consultations import services as consultations
from beffroi.achat.consultations.tests.scene import agent
from beffroi.achat.preparation.queries import achat_de
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.avis import queries
from beffroi.publicite.avis.models import Avis, CoordonneesDAvis, Parution
from beffroi.publicite.avis.queries.contenu import contenu_de
from beffroi.publicite.avis.tests import achats
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.models import Ecriture
from formats.dates import PARIS


def chez(consultation, suite=""):
    return f"/consultations/{consultation.reference}/publicite/{suite}"


def lire(client, adresse, statut=200):
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    return (
        reponse.content.decode()
        .replace("’", "'")
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("&#x27;", "'")
    )


def ecrire(client, consultation, forme="nationale"):
    client.post(chez(consultation, f"ecrire/{forme}/"))
    return Avis.objects.get(forme=forme, sorte="initial")


def retenir(client, consultation, avis, support, **champs):
    saisie = {"support": support, "voie": "manuelle", **champs}
    client.post(chez(consultation, f"{avis.reference}/"), saisie)
    return avis.parutions.filter(support=support).first()


def un_instant(le, **autres):
    local = le.astimezone(PARIS)
    return {"jour_fait": f"{local:%Y-%m-%d}", "heure_fait": f"{local:%H:%M}", **autres}


def agir(client, consultation, parution, acte, **saisie):
    return client.post(chez(consultation, f"parutions/{parution.reference}/{acte}/"), saisie)


def prouver(client, consultation, parution, contenu=b"Accuse"):
    piece = SimpleUploadedFile("accuse.eml", contenu)
    return agir(client, consultation, parution, "preuve", **un_instant(maintenant(), preuve=piece))


@pytest.mark.article("CCP", "R. 2131-12")
def test_la_page_dit_quelle_publicite_est_due_et_pourquoi(martine, consultation):
    page = lire(martine, chez(consultation))

    assert "Au BOAMP et sur le profil d'acheteur" in page
    assert "R. 2131-12" in page
    assert "Aucun avis n'est écrit" in page


def test_sans_reponses_la_page_dit_laquelle_manque(martine, scene):
    page = lire(martine, chez(scene.brouillon()))

    assert "Dites ce que vous achetez et pour combien" in page


def test_chaque_mention_qui_manque_mene_ou_elle_se_corrige(martine, scene):
    consultation = achats.preparer(scene)

    page = lire(martine, chez(consultation, "ecrire/nationale/"))

    assert "Il manque la ville de l'acheteur." in page
    assert chez(consultation, "coordonnees/") in page
    assert "Écrire cet avis" not in page


def test_une_mention_de_l_achat_mene_a_sa_question(martine, scene):
    achats.donner_les_coordonnees(scene)

    page = lire(martine, chez(scene.brouillon(), "ecrire/nationale/"))

    assert "Il manque les critères d'attribution." in page
    assert "/preparer/criteres/" in page


def test_des_coordonnees_donnees_une_fois_completent_l_avis(martine, scene):
    consultation = achats.preparer(scene)

    martine.post(chez(consultation, "coordonnees/"), achats.COORDONNEES)

    assert CoordonneesDAvis.objects.get().ville == "Bomy"
    assert "Écrire cet avis" in lire(martine, chez(consultation, "ecrire/europeenne/"))
    assert Ecriture.objects.filter(acte="avis.noter_les_coordonnees").count() == 1


def test_le_courriel_de_la_commande_publique_est_le_seul_du_reglement_et_de_l_avis(martine, scene):
    consultation = achats.preparer(scene)
    achats.donner_les_coordonnees(scene, courriel="mairie@bomy.example")
    scene.organisme.courriel = "marches@bomy.example"
    scene.organisme.save(update_fields=["courriel"])
    consultation.organisme.refresh_from_db()

    contenu = contenu_de(consultation, queries.coordonnees_de(consultation.organisme), le=scene.le)
    page = lire(martine, chez(consultation, "coordonnees/"))

    assert (
        contenu.acheteur.organisation.courriel
        == achat_de(consultation, le=scene.le).acheteur.courriel
        == "marches@bomy.example"
    )
    assert "mairie@bomy.example" not in page
    assert 'value="marches@bomy.example"' in page and "la même dans vos règlements" in page


def test_un_code_postal_de_travers_se_corrige_sur_place(martine, consultation):
    reponse = martine.post(
        chez(consultation, "coordonnees/"), {**achats.COORDONNEES, "code_postal": "629"}
    )

    assert reponse.status_code == 422
    assert "cinq chiffres" in reponse.content.decode()


def test_l_avis_ecrit_montre_son_texte_et_ce_qu_un_journal_compte(martine, consultation):
    avis = ecrire(martine, consultation)

    page = lire(martine, chez(consultation, f"{avis.reference}/"))

    assert "Intitulé du marché : Réfection de la toiture" in page
    assert "caractères" in page and "mots" in page


def test_seuls_les_supports_qui_ont_un_sens_sont_proposes(martine, consultation):
    page = lire(martine, chez(consultation, f"{ecrire(martine, consultation).reference}/"))

    assert "BOAMP (exigé)" in page
    assert "Journal d'annonces légales" in page
    assert 'value="joue"' not in page


def test_un_journal_d_annonces_a_un_nom(martine, consultation):
    avis = ecrire(martine, consultation)

    reponse = martine.post(
        chez(consultation, f"{avis.reference}/"), {"support": "jal", "voie": "manuelle"}
    )

    assert reponse.status_code == 422 and not Parution.objects.exists()


def test_sans_voie_reglee_seule_la_main_est_proposee(martine, consultation):
    page = lire(martine, chez(consultation, f"{ecrire(martine, consultation).reference}/"))

    assert 'value="manuelle"' in page and 'value="http"' not in page


@pytest.mark.article("CCP", "R. 2131-19")
def test_un_envoi_a_la_main_se_prouve_et_la_preuve_se_relit(martine, consultation):
    parution = retenir(martine, consultation, ecrire(martine, consultation), "boamp")

    prouver(martine, consultation, parution)

    parution.refresh_from_db()
    assert parution.etat == "envoyee"
    preuve = martine.get(chez(consultation, f"parutions/{parution.reference}/preuve"))
    assert b"".join(preuve.streaming_content) == b"Accuse"


def test_une_preuve_absente_ou_vide_se_dit_au_champ(martine, consultation):
    parution = retenir(martine, consultation, ecrire(martine, consultation), "boamp")

    vide = prouver(martine, consultation, parution, contenu=b"")
    absente = agir(martine, consultation, parution, "preuve", **un_instant(maintenant()))

    assert "Ce fichier est vide" in vide.content.decode()
    assert absente.status_code == 422 and "Joignez la pièce" in absente.content.decode()


def test_un_envoi_dans_le_futur_est_refuse_avec_sa_raison(martine, consultation):
    parution = retenir(martine, consultation, ecrire(martine, consultation), "boamp")
    piece = SimpleUploadedFile("accuse.eml", b"Accuse")

    reponse = agir(
        martine,
        consultation,
        parution,
        "preuve",
        **un_instant(maintenant() + timedelta(days=1), preuve=piece),
    )

    assert reponse.status_code == 422 and "dans le futur" in reponse.content.decode()


def test_la_suite_d_un_envoi_se_note_jusqu_a_la_parution(martine, consultation):
    parution = retenir(martine, consultation, ecrire(martine, consultation), "boamp")
    prouver(martine, consultation, parution)

    agir(
        martine, consultation, parution, "reception", **un_instant(maintenant(), numero="26-88058")
    )
    agir(
        martine,
        consultation,
        parution,
        "parution",
        **un_instant(maintenant(), adresse="https://boamp.example/1"),
    )

    page = lire(martine, chez(consultation, f"{parution.avis.reference}/"))
    assert "Parue" in page and "26-88058" in page and "https://boamp.example/1" in page


def test_un_refus_dit_son_motif_et_laisse_renvoyer(martine, consultation):
    parution = retenir(martine, consultation, ecrire(martine, consultation), "boamp")
    prouver(martine, consultation, parution)

    agir(martine, consultation, parution, "refus", motif="Le code CPV ne convient pas.")

    page = lire(martine, chez(consultation, f"{parution.avis.reference}/"))
    assert "Le code CPV ne convient pas." in page and "joindre la preuve" in page


@pytest.mark.article("CCP", "R. 2151-4")
def test_un_avis_ecrit_apres_une_prolongation_annonce_la_nouvelle_heure(scene):
    achats.donner_les_coordonnees(scene)
    consultation = scene.publiee()
    nouvelle = consultation.limite + timedelta(days=7)
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=nouvelle,
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )

    consultation.refresh_from_db()
    coordonnees = queries.coordonnees_de(scene.organisme)
    assert contenu_de(consultation, coordonnees, le=maintenant()).remise.limite == nouvelle


def test_un_avis_parti_ne_se_recrit_pas(martine, consultation):
    prouver(
        martine,
        consultation,
        retenir(martine, consultation, ecrire(martine, consultation), "boamp"),
    )

    reponse = martine.post(chez(consultation, "ecrire/nationale/"))

    assert reponse.status_code == 422 and Avis.objects.count() == 1
    assert "Écrire l'avis national" not in lire(martine, chez(consultation))


def test_un_avis_europeen_que_rien_n_exige_vient_apres_et_se_dit_volontaire(martine, consultation):
    page = lire(martine, chez(consultation))

    assert page.index("Écrire l'avis national") < page.index("Écrire l'avis européen")
    assert "Il est volontaire" in page


def test_un_avis_europeen_exige_vient_en_premier_et_n_est_pas_dit_volontaire(martine, scene):
    achats.donner_les_coordonnees(scene)
    page = lire(martine, chez(achats.preparer(scene, achats.EUROPEEN)))

    assert page.index("Écrire l'avis européen") < page.index("Écrire l'avis national")
    assert "Il est volontaire" not in page


def test_le_texte_et_le_xml_se_telechargent(martine, scene):
    achats.donner_les_coordonnees(scene)
    consultation = achats.preparer(scene, achats.EUROPEEN)
    avis = ecrire(martine, consultation, "europeenne")

    texte, xml = (
        martine.get(chez(consultation, f"{avis.reference}/fichiers/{avis.reference}.{e}"))
        for e in ("txt", "xml")
    )

    assert b"AVIS DE MARCH" in b"".join(texte.streaming_content)
    assert str(avis.identifiant).encode() in b"".join(xml.streaming_content)


def test_le_controle_officiel_dit_ce_qu_il_n_a_pas_verifie(martine, scene):
    achats.donner_les_coordonnees(scene)
    consultation = achats.preparer(scene, achats.EUROPEEN)
    avis = ecrire(martine, consultation, "europeenne")
    assert "Contrôle en cours" in lire(martine, chez(consultation, f"{avis.reference}/"))

    vider_la_file()

    page = lire(martine, chez(consultation, f"{avis.reference}/"))
    assert "Contrôlé en partie" in page and "Une partie de l'avis n'a pas été vérifiée ici" in page
    assert "BEFFROI_" not in page and "Vous n'avez rien à faire" in page


@pytest.mark.article("CCP", "R. 2131-20")
def test_le_joue_fait_attendre_le_boamp_sur_sa_page(martine, scene):
    achats.donner_les_coordonnees(scene)
    consultation = achats.preparer(scene, achats.EUROPEEN)
    boamp = retenir(martine, consultation, ecrire(martine, consultation), "boamp")

    page = lire(martine, chez(consultation, f"{boamp.avis.reference}/"))

    assert "l'avis n'y est pas encore envoyé" in page
    assert "joindre la preuve" not in page
    assert prouver(martine, consultation, boamp).status_code == 422


def test_la_lectrice_voit_sans_agir(consultation, scene, martine):
    avis = ecrire(martine, consultation)
    lectrice = connecter(
        Client(), agent("Yvette Delattre", scene.organisme, le=scene.le, roles=["lecteur"])
    )

    page = lire(lectrice, chez(consultation, f"{avis.reference}/"))

    assert "Retenir ce support" not in page
    assert lectrice.post(chez(consultation, "ecrire/nationale/")).status_code == 403


def test_un_avis_d_une_autre_consultation_est_introuvable(martine, consultation, scene):
    avis = ecrire(martine, consultation)
    autre = scene.brouillon("Une autre consultation")

    assert martine.get(chez(autre, f"{avis.reference}/")).status_code == 404


def publiee_avec_son_avis(scene, client):
    """Une consultation publiée, son avis parti pour un journal."""
    achats.donner_les_coordonnees(scene)
    consultation = scene.completer(achats.preparer(scene))
    prouver(
        client,
        consultation,
        retenir(
            client,
            consultation,
            ecrire(client, consultation),
            "jal",
            nom_du_support="La Voix du Nord",
        ),
    )
    return scene.publier(consultation)


def publiee_avec_un_avis_a_envoyer(scene, client):
    """Une consultation publiée, son avis prêt pour un journal : personne ne l'a encore envoyé."""
    achats.donner_les_coordonnees(scene)
    consultation = scene.completer(achats.preparer(scene))
    retenir(
        client, consultation, ecrire(client, consultation), "jal", nom_du_support="La Voix du Nord"
    )
    return scene.publier(consultation)


@pytest.mark.article("CCP", "R. 2151-4")
def test_une_prolongation_met_le_rectificatif_sur_la_page_et_dans_a_faire(scene, martine):
    consultation = publiee_avec_son_avis(scene, martine)
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=consultation.limite + timedelta(days=7),
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )

    vider_la_file()

    assert "Un avis rectificatif (avis national) est prêt à envoyer" in lire(
        martine, chez(consultation)
    )
    assert "Un avis rectificatif est prêt à envoyer" in lire(martine, "/a-faire/")


def test_le_rectificatif_se_propose_la_ou_l_avis_a_paru(scene, martine):
    consultation = publiee_avec_son_avis(scene, martine)
    consultations.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()
    annulation = Avis.objects.get(sorte="annulation")

    page = lire(martine, chez(consultation, f"{annulation.reference}/"))

    assert "Journal d'annonces légales (l'avis à changer y est)" in page
    assert 'value="La Voix du Nord"' in page


@pytest.mark.article("CCP", "R. 2151-4")
def test_une_prolongation_avant_tout_envoi_montre_l_avis_reecrit_a_la_place_de_l_ancien(
    scene, martine
):
    consultation = publiee_avec_un_avis_a_envoyer(scene, martine)
    ancien = Avis.objects.get()
    consultations.prolonger_le_delai(
        consultation=consultation,
        nouvelle=consultation.limite + timedelta(days=7),
        motif="Un plan manquait.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()
    reecrit = Avis.objects.exclude(pk=ancien.pk).get()

    assert "Ne part plus" in lire(martine, chez(consultation))
    assert "Un autre avis remplace celui-ci" in lire(
        martine, chez(consultation, f"{ancien.reference}/")
    )
    assert "joindre la preuve" in lire(martine, chez(consultation, f"{reecrit.reference}/"))
    assert "rectificatif" not in lire(martine, "/a-faire/")


@pytest.mark.article("CCP", "R. 2185-1")
def test_un_avis_d_une_procedure_sans_suite_ne_s_envoie_plus_et_se_declare_encore(scene, martine):
    consultation = publiee_avec_un_avis_a_envoyer(scene, martine)
    avis = Avis.objects.get()
    public = f"/consultations/{consultation.reference}/avis/"
    consultations.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()

    page = lire(martine, chez(consultation, f"{avis.reference}/"))

    assert "La procédure est sans suite, et cet avis n'est pas parti" in page
    assert "Je l'avais déjà envoyé" in page and "Retenir ce support" not in page
    assert Client().get(public).status_code == 404


def test_un_rectificatif_parti_quitte_a_faire(scene, martine):
    consultation = publiee_avec_son_avis(scene, martine)
    consultations.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()
    annulation = Avis.objects.get(sorte="annulation")

    prouver(
        martine,
        consultation,
        retenir(martine, consultation, annulation, "jal", nom_du_support="La Voix du Nord"),
    )

    assert "prêt à envoyer" not in lire(martine, "/a-faire/")


@pytest.mark.article("CCP", "R. 2132-2")
def test_l_avis_devient_public_avec_la_consultation_au_meme_instant(scene, martine):
    achats.donner_les_coordonnees(scene)
    consultation = scene.completer(achats.preparer(scene))
    ecrire(martine, consultation)
    page = f"/consultations/{consultation.reference}/avis/"
    assert Client().get(page).status_code == 404

    scene.publier(consultation)

    assert "Intitulé du marché : Réfection de la toiture" in lire(Client(), page)
    assert page in lire(Client(), f"/consultations/{consultation.reference}/")


def test_l_avis_public_se_reverifie_sans_se_recharger(scene, martine):
    achats.donner_les_coordonnees(scene)
    consultation = scene.completer(achats.preparer(scene))
    ecrire(martine, consultation)
    scene.publier(consultation)
    page = f"/consultations/{consultation.reference}/avis/"

    lue = Client().get(page)

    assert Client().get(page, headers={"If-None-Match": lue["ETag"]}).status_code == 304
    assert "ETag" not in martine.get(page) and "atom.xml" in lue["Link"]


def test_un_rectificatif_ne_se_lit_ici_qu_une_fois_envoye(scene, martine):
    consultation = publiee_avec_son_avis(scene, martine)
    consultations.declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=maintenant(),
    )
    vider_la_file()
    page = f"/consultations/{consultation.reference}/avis/"
    assert "Avis d'annulation" not in lire(Client(), page)
    annulation = Avis.objects.get(sorte="annulation")

    prouver(
        martine,
        consultation,
        retenir(martine, consultation, annulation, "jal", nom_du_support="La Voix du Nord"),
    )

    assert "Avis d'annulation" in lire(Client(), page)


def test_une_consultation_sans_avis_n_en_montre_pas(scene):
    consultation = scene.publiee()

    assert Client().get(f"/consultations/{consultation.reference}/avis/").status_code == 404
    assert "avis de publicité" not in lire(Client(), f"/consultations/{consultation.reference}/")

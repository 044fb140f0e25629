"""Une relecture entière, de la commune au juriste et retour, par de vrais clients."""

import re

import pytest
from django.urls import reverse

from beffroi.achat.relectures import queries, rapport
from beffroi.achat.relectures.models import Commentaire, ModeleDeCommentaire, PasseOutre, Relecture
from beffroi.achat.relectures.tests.gestes import joindre
from beffroi.personnes.comptes.tests.personnes import a_confirmer
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture


def chez_l_acheteur(consultation, suite=""):
    return f"/consultations/{consultation.reference}/relecture/{suite}"


def demander(martine, consultation, message="La visite me fait hésiter."):
    martine.post(chez_l_acheteur(consultation, "demander/"), {"message": message})
    return consultation.relectures.order_by("-numero").first()


def prise(martine, claire, consultation):
    relecture = demander(martine, consultation)
    claire.post(f"/cdg/relectures/{relecture.reference}/prendre/")
    return relecture


def rendue(martine, claire, consultation, avis="a_corriger", observation="Accordez les heures."):
    relecture = prise(martine, claire, consultation)
    claire.post(
        f"/cdg/relectures/{relecture.reference}/rendre/", {"avis": avis, "observation": observation}
    )
    relecture.refresh_from_db()
    return relecture


def test_la_page_montre_les_controles_et_le_reglement_lu(martine, consultation):
    page = martine.get(chez_l_acheteur(consultation)).content.decode()

    assert "reglement.docx" in page and "1 paragraphe." in page
    assert "RC-" in page and "CCP, art." in page


def test_un_reglement_demesure_ne_se_charge_pas(martine, scene, consultation, monkeypatch):
    consultation.pieces.update(
        taille=2_000_000_000, sha256="0" * 64
    )  # une autre empreinte : rien en mémoire
    monkeypatch.setattr("beffroi.achat.relectures.lecture.stockage", pytest.fail)

    assert "trop gros pour être lu" in martine.get(chez_l_acheteur(consultation)).content.decode()


def test_qui_n_est_pas_valideur_sait_a_qui_montrer_un_point_bloquant(martine, scene, consultation):
    consultation.pieces.all().delete()
    joindre(consultation, scene, "Le contrat dure [À compléter : la durée du contrat].")
    habiliter(
        organisme=scene.organisme,
        utilisateur=scene.martine,
        roles=["redacteur"],
        par=PLATEFORME,
        maintenant=scene.le,
    )
    page = martine.get(chez_l_acheteur(consultation)).content.decode()
    garder = next(lien for lien in re.findall(r"/consultations/[^\"]+/garder/\w+/", page))

    page = martine.get(garder).content.decode()

    assert "Montrez cette page à Hélène Duriez" in page and "<textarea" not in page


def test_un_point_dit_ce_qui_est_ecrit_et_ce_qui_etait_attendu(martine, scene, consultation):
    consultation.pieces.all().delete()
    joindre(
        consultation,
        scene,
        "Déposez vos offres sur la plateforme https://www.e-marchespublics.com.",
    )

    page = (
        martine.get(chez_l_acheteur(consultation))
        .content.decode()
        .replace("\N{NO-BREAK SPACE}", " ")
    )

    assert "Trouvé : <q>https://www.e-marchespublics.com</q>.</small>" in page
    assert "Attendu : " in page


def test_une_demande_garde_la_version_lue_et_arrive_dans_la_file(martine, claire, consultation):
    relecture = demander(martine, consultation)

    assert relecture.texte[0]["texte"] == "Les offres arrivent avant le 15 décembre 2026 à 16 h."
    assert relecture.constats and relecture.version_des_regles
    assert consultation.titre in claire.get("/cdg/relectures/").content.decode().replace("’", "'")
    assert (
        Ecriture.objects.filter(acte="relecture.demander", sujet=consultation.reference).count()
        == 1
    )


def test_une_seule_version_se_relit_a_la_fois(martine, consultation):
    demander(martine, consultation)

    reponse = martine.post(chez_l_acheteur(consultation, "demander/"), {"message": ""})

    assert reponse.status_code == 422 and consultation.relectures.count() == 1


def test_une_demande_se_retire_et_une_autre_version_se_soumet(martine, consultation):
    premiere = demander(martine, consultation)
    adresse = chez_l_acheteur(consultation, f"{premiere.reference}/retirer/")
    assert "Le juriste ne relira pas cette version" in a_confirmer(martine, adresse)
    martine.post(adresse)

    assert demander(martine, consultation).numero == 2


def test_le_juriste_commente_un_paragraphe_puis_rend_son_avis(martine, claire, consultation):
    relecture = prise(martine, claire, consultation)
    adresse = f"/cdg/relectures/{relecture.reference}/"
    claire.post(f"{adresse}commenter/", {"paragraphe": "1", "texte": "La plateforme ferme à 12 h."})
    claire.post(f"{adresse}rendre/", {"avis": "a_corriger", "observation": ""})

    page = martine.get(chez_l_acheteur(consultation, f"{relecture.reference}/")).content.decode()
    relecture.refresh_from_db()
    assert (relecture.etat, relecture.avis) == ("rendue", "a_corriger")
    assert "La plateforme ferme à 12" in page and "Claire Dubois" in page


def test_la_page_verifier_dit_ou_en_est_le_juriste(martine, claire, consultation):
    def verifier():
        lue = martine.get(
            f"/consultations/{consultation.reference}/preparer/verifier/"
        ).content.decode()
        return (
            lue.replace("\N{NO-BREAK SPACE}", " ")
            .replace("\N{NARROW NO-BREAK SPACE}", " ")
            .replace("’", "'")
        )

    assert "Faire relire le règlement" in verifier()
    relecture = prise(martine, claire, consultation)
    assert "Le règlement est chez le juriste." in verifier()
    adresse = f"/cdg/relectures/{relecture.reference}/"
    claire.post(f"{adresse}commenter/", {"paragraphe": "1", "texte": "La plateforme ferme à 12 h."})
    claire.post(f"{adresse}rendre/", {"avis": "a_corriger", "observation": ""})

    assert "Avis du juriste : à corriger. Sans réponse de votre part : 1 remarque." in verifier()


def test_un_avis_a_corriger_sans_rien_a_corriger_se_refuse(martine, claire, consultation):
    relecture = prise(martine, claire, consultation)

    reponse = claire.post(
        f"/cdg/relectures/{relecture.reference}/rendre/", {"avis": "a_corriger", "observation": ""}
    )

    assert reponse.status_code == 422 and Relecture.objects.get().etat == "prise"


def test_un_paragraphe_qui_n_existe_pas_ne_se_commente_pas(martine, claire, consultation):
    relecture = prise(martine, claire, consultation)

    reponse = claire.post(
        f"/cdg/relectures/{relecture.reference}/commenter/",
        {"paragraphe": "99", "texte": "Deux mots"},
    )
    page = reponse.content.decode()

    assert reponse.status_code == 422 and not Commentaire.objects.exists()
    assert "ils vont de 1 à 1" in page and "Deux mots" in page


def test_l_avis_rendu_ne_se_commente_plus(martine, claire, consultation):
    relecture = rendue(martine, claire, consultation)

    reponse = claire.post(
        f"/cdg/relectures/{relecture.reference}/commenter/", {"texte": "Encore un mot."}
    )

    assert reponse.status_code == 409


@pytest.mark.moteurs
def test_l_acheteur_repond_a_chaque_remarque(martine, claire, consultation):
    relecture = prise(martine, claire, consultation)
    adresse = f"/cdg/relectures/{relecture.reference}/"
    claire.post(f"{adresse}commenter/", {"texte": "Accordez les heures."})
    claire.post(f"{adresse}rendre/", {"avis": "conforme_sous_reserve", "observation": ""})
    remarque = Commentaire.objects.get()

    martine.post(
        chez_l_acheteur(consultation, f"{relecture.reference}/"),
        {"commentaire": remarque.reference, "reponse": "C'est fait."},
    )

    remarque.refresh_from_db()
    assert (remarque.reponse, remarque.repondu_par.nom) == ("C'est fait.", "Martine Caron")


def test_l_avis_s_emporte_en_pdf(martine, claire, consultation):
    relecture = rendue(martine, claire, consultation)

    reponse = martine.get(chez_l_acheteur(consultation, f"{relecture.reference}/avis.pdf"))

    assert b"".join(reponse.streaming_content).startswith(b"%PDF")


def sans_typographie(dit: str) -> str:
    """Ce qu'une personne y lit : espaces et apostrophes ordinaires."""
    return (
        dit.replace("\\xa0", " ")
        .replace("\xa0", " ")
        .replace("\\u202f", " ")
        .replace("\u202f", " ")
        .replace("’", "'")
    )


def test_l_avis_emporte_dit_ou_est_chaque_point_et_ce_que_l_acheteur_en_a_fait(
    martine, claire, consultation
):
    constats = martine.get(chez_l_acheteur(consultation)).context["constats"]
    garde = next(
        constat["empreinte"] for constat in constats if constat["gravite"] == "avertissement"
    )
    motif = {"empreinte": garde, "motif": "La commune le veut ainsi."}
    martine.post(chez_l_acheteur(consultation, f"garder/{garde}/"), motif)
    relecture = prise(martine, claire, consultation)
    du_centre = f"/cdg/relectures/{relecture.reference}/"
    claire.post(f"{du_centre}commenter/", {"texte": "Accordez les heures."})
    claire.post(f"{du_centre}rendre/", {"avis": "conforme_sous_reserve", "observation": ""})
    reponse = {"commentaire": Commentaire.objects.get().reference, "reponse": "C'est fait."}
    martine.post(chez_l_acheteur(consultation, f"{relecture.reference}/"), reponse)

    relecture.refresh_from_db()
    dit = sans_typographie(str(rapport.document(relecture)))

    assert "Réponse de l'acheteur : " in dit and "C'est fait." in dit
    assert "Gardé par Martine Caron" in dit and "La commune le veut ainsi." in dit
    assert all(
        sans_typographie(f"Attendu : {constat['attendu']}.") in dit
        for constat in relecture.constats
        if constat["attendu"]
    )
    assert relecture.questions and all(question["code"] in dit for question in relecture.questions)


def test_la_version_suivante_montre_ce_qui_a_change(martine, claire, scene, consultation):
    rendue(martine, claire, consultation)
    consultation.pieces.all().delete()
    joindre(consultation, scene, "Les offres arrivent avant le 15 décembre 2026 à 12 h.")
    seconde = demander(martine, consultation)

    page = claire.get(f"/cdg/relectures/{seconde.reference}/").content.decode()
    assert [d.signe for d in queries.changements(seconde)] == ["-", "+"]
    assert "<del>" in page and "<ins>" in page


@pytest.mark.moteurs
def test_garder_un_point_le_retire_des_controles_et_garde_la_raison(martine, consultation):
    page = martine.get(chez_l_acheteur(consultation))
    constat = next(c for c in page.context["constats"] if c["gravite"] == "avertissement")

    martine.post(
        chez_l_acheteur(consultation, f"garder/{constat['empreinte']}/"),
        {
            "empreinte": constat["empreinte"],
            "motif": "La commune le veut ainsi.",
        },
    )

    garde = PasseOutre.objects.get()
    suite = martine.get(chez_l_acheteur(consultation))
    assert (garde.code, garde.motif) == (constat["code"], "La commune le veut ainsi.")
    assert (
        next(c for c in suite.context["constats"] if c["empreinte"] == constat["empreinte"])[
            "garde"
        ]
        == garde
    )


def test_garder_sans_raison_se_refuse(martine, consultation):
    constat = martine.get(chez_l_acheteur(consultation)).context["constats"][0]

    reponse = martine.post(
        chez_l_acheteur(consultation, f"garder/{constat['empreinte']}/"),
        {"empreinte": constat["empreinte"]},
    )

    assert reponse.status_code == 422 and not PasseOutre.objects.exists()


@pytest.mark.moteurs
def test_la_bibliotheque_garde_une_remarque_et_l_ajoute_a_un_avis(martine, claire, consultation):
    claire.post(
        "/cdg/relectures/modeles/",
        {"titre": "Heures", "code": "RC-01", "texte": "Accordez les heures."},
    )
    relecture = prise(martine, claire, consultation)

    assert (
        "Accordez les heures."
        in claire.get(f"/cdg/relectures/{relecture.reference}/").content.decode()
    )
    retirer = f"/cdg/relectures/modeles/{ModeleDeCommentaire.objects.get().pk}/retirer/"
    assert "Accordez les heures." in a_confirmer(claire, retirer)
    claire.post(retirer)
    assert not ModeleDeCommentaire.objects.exists()


@pytest.mark.moteurs
def test_effacer_une_remarque_se_confirme_et_la_montre(martine, claire, consultation):
    relecture = prise(martine, claire, consultation)
    claire.post(
        f"/cdg/relectures/{relecture.reference}/commenter/", {"texte": "Accordez les heures."}
    )
    effacer = reverse(
        "relectures:effacer", args=(relecture.reference, relecture.commentaires.get().reference)
    )

    assert "Accordez les heures." in a_confirmer(claire, effacer)
    assert relecture.commentaires.exists()
    claire.post(effacer)
    assert not relecture.commentaires.exists()


def test_les_mesures_comptent_les_avis_rendus_a_temps(martine, claire, consultation):
    assert "Aucun avis rendu encore" in claire.get("/cdg/relectures/mesures/").content.decode()
    rendue(martine, claire, consultation)

    page = claire.get("/cdg/relectures/mesures/")
    mesures = page.context["mesures"]
    assert "heure ouvrée<" in page.content.decode()
    assert (mesures.rendues, mesures.dans_le_delai) == (1, 1)
    assert mesures.avis == {"À corriger": 1}


def test_la_publication_attend_que_les_points_bloquants_soient_regles(martine, consultation):
    page = martine.get(
        f"/consultations/{consultation.reference}/preparer/verifier/"
    ).content.decode()

    assert "RC-" in page
    assert "Aller à la publication" not in page


def test_une_remarque_sans_texte_ne_se_garde_pas_et_dit_pourquoi(claire):
    reponse = claire.post(
        "/cdg/relectures/modeles/", {"titre": "Heures", "code": "13", "texte": ""}
    )

    page = reponse.content.decode()
    assert reponse.status_code == 422 and not ModeleDeCommentaire.objects.exists()
    assert "Écrivez le texte." in page and "Écrivez un code comme RC-13." in page
    assert 'value="Heures"' in page


def test_l_avis_rendu_s_ecrit_a_qui_l_a_demande(martine, claire, consultation):
    relecture = rendue(martine, claire, consultation)
    courriel = Courriel.objects.get(cle__startswith="relecture/rendue/")

    assert courriel.destinataire == relecture.demandee_par.courriel
    assert "Accordez les heures." in courriel.texte and "à corriger" in courriel.sujet
    assert f"/relecture/{relecture.reference}/" in courriel.texte

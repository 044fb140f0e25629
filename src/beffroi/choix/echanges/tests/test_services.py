"""Écrire, remettre, lire une fois, répondre, relancer : des actes entiers, journalisés."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.choix.echanges import queries, services
from beffroi.choix.echanges.modeles import MODELES
from beffroi.choix.echanges.models import Alerte, Courrier, Exemplaire, Fil, PieceJointe, Retour
from beffroi.choix.echanges.tests.gestes import (
    envoyer,
    exemplaire,
    projet,
    rediger,
    repondre,
    reponses_ouvertes,
)
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises.tests.gestes import inscrit
from beffroi.publicite.questions.tests.gestes import SIRET, membre, poser, poser_sans_compte
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import CleInconnue, stockage
from beffroi.socle.journal.models import Ecriture
from formats import dates

HEURE = timedelta(hours=1)


def actes(acte):
    return Ecriture.objects.filter(acte=acte)


def joindre(scene, recu, *noms):
    fichiers = [services.Fichier(nom, io.BytesIO(nom.encode())) for nom in noms]
    return services.joindre_a_une_seule(
        exemplaire=recu, fichiers=fichiers, par=scene.martine.acteur, maintenant=scene.le
    )


def courriels_de(qui):
    return Courriel.objects.filter(
        destinataire=qui.utilisateur.courriel, cle__startswith="courrier:"
    )


# ---------------------------------------------------------------- à qui


def test_avant_l_heure_limite_l_acheteur_ecrit_a_qui_s_est_nomme_et_a_nul_autre(
    scene, consultation, sophie
):
    curieuse = membre("Nadia Fauquet", "40483304800022", "Zingueurs de la Lys", le=scene.le)
    poser(consultation, curieuse, le=scene.le)

    assert [j.equipe for j in queries.joignables(consultation, le=scene.limite)] == [sophie.equipe]


def test_apres_l_heure_limite_qui_a_demande_est_joignable(scene, consultation):
    curieuse = membre(le=scene.le)
    poser(consultation, curieuse, le=scene.le)

    apres = queries.joignables(consultation, le=scene.limite + timedelta(seconds=1))
    assert [j.equipe for j in apres] == [curieuse.equipe]


def test_une_adresse_sans_entreprise_ne_recoit_pas_de_courrier(scene, consultation):
    poser_sans_compte(consultation, "visiteuse@example.org", le=scene.le)

    assert queries.joignables(consultation, le=scene.limite + timedelta(seconds=1)) == []


def test_qui_a_repondu_reste_inconnu_tant_que_sa_reponse_est_scellee(scene):
    qui = membre(le=scene.le)
    consultation = reponses_ouvertes(scene, qui, le=scene.le, ouvertes=False)

    assert queries.joignables(consultation, le=scene.le) == []


def test_une_fois_ouverte_une_reponse_dit_a_qui_ecrire(scene):
    qui = membre(le=scene.le)
    consultation = reponses_ouvertes(scene, qui, le=scene.le)

    [joignable] = queries.joignables(consultation, le=scene.le)
    assert joignable.pli.equipe == qui.equipe


def test_ecrire_a_une_entreprise_inconnue_est_introuvable(scene, consultation, sophie):
    autre = membre("Nadia Fauquet", "40483304800022", "Zingueurs de la Lys", le=scene.le)

    with pytest.raises(Introuvable):
        rediger(scene, consultation, sophie, autre)
    assert not Courrier.objects.exists()


def test_une_demande_de_precisions_attend_l_ouverture(scene, consultation, sophie):
    with pytest.raises(RegleEnfreinte, match="réponse est ouverte"):
        rediger(scene, consultation, sophie, sorte="precisions")


@pytest.mark.article("CCP", "R. 2185-2")
def test_une_renonciation_reprend_le_jour_et_le_motif_publies(scene, consultation, sophie):
    renoncee = declarer_sans_suite(
        consultation=consultation,
        motif="Le budget est [réduit].",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    modele = MODELES["sans_suite"]

    courrier = envoyer(
        scene, renoncee, sophie, sorte=modele.sorte, sujet=modele.sujet, texte=modele.texte
    )

    recu = exemplaire(courrier, sophie).texte
    assert dates.jour(scene.le) in recu
    assert "Le budget est [réduit]." in recu


def test_une_renonciation_ne_s_annonce_pas_avant_d_etre_declaree(scene, consultation, sophie):
    with pytest.raises(RegleEnfreinte, match="Déclarez d'abord"):
        rediger(scene, consultation, sophie, sorte="sans_suite")


# ---------------------------------------------------------------- envoyer


def test_envoyer_remet_a_chacune_son_texte_d_un_seul_acte(scene, consultation, sophie, nadia):
    courrier = envoyer(scene, consultation, sophie, nadia)

    textes = {e.fil.equipe: e.texte for e in courrier.exemplaires.all()}
    assert "Bonjour Atelier du Faîtage," in textes[sophie.equipe]
    assert "Bonjour Zingueurs de la Lys," in textes[nadia.equipe]
    assert {e.remis_le for e in courrier.exemplaires.all()} == {courrier.envoye_le}
    assert actes("courrier.envoyer").count() == 1


def test_le_texte_propre_d_une_entreprise_ne_va_qu_a_elle(scene, consultation, sophie, nadia):
    courrier = rediger(scene, consultation, sophie, nadia, texte="Motif : [texte propre]")
    propres = {
        exemplaire(courrier, sophie).reference: "prix trop haut",
        exemplaire(courrier, nadia).reference: "délai trop long",
    }
    services.ecrire_les_textes_propres(
        courrier=courrier, textes=propres, par=scene.martine.acteur, maintenant=scene.le
    )

    services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le + HEURE)

    assert exemplaire(courrier, sophie).texte == "Motif : prix trop haut"
    assert exemplaire(courrier, nadia).texte == "Motif : délai trop long"


def test_un_champ_du_texte_propre_se_remplit_aussi(scene, consultation, sophie):
    courrier = rediger(scene, consultation, sophie, texte="Motif : [texte propre]")
    propres = {exemplaire(courrier, sophie).reference: "le prix de [entreprise] pour [objet]"}
    services.ecrire_les_textes_propres(
        courrier=courrier, textes=propres, par=scene.martine.acteur, maintenant=scene.le
    )

    services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le + HEURE)

    assert (
        exemplaire(courrier, sophie).texte
        == f"Motif : le prix de Atelier du Faîtage pour {consultation.titre}"
    )


def test_sans_le_texte_propre_de_chacune_rien_ne_part(scene, consultation, sophie, nadia):
    courrier = rediger(scene, consultation, sophie, nadia, texte="Motif : [texte propre]")

    with pytest.raises(RegleEnfreinte, match="Atelier du Faîtage, Zingueurs de la Lys"):
        services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le)
    assert not courriels_de(sophie).exists()


def test_le_courriel_ne_porte_qu_une_alerte(scene, consultation, sophie):
    envoyer(scene, consultation, sophie, sujet="Sujet confidentiel", texte="Contenu confidentiel")

    alerte = courriels_de(sophie).get()
    assert "confidentiel" not in alerte.sujet + alerte.texte
    assert f"/messages/{Fil.objects.get().reference}/" in alerte.texte


def test_envoyer_deux_fois_n_envoie_qu_une_fois(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)

    encore = services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le + 2 * HEURE)

    assert encore.envoye_le == courrier.envoye_le
    assert (courriels_de(sophie).count(), actes("courrier.envoyer").count()) == (1, 1)


def test_un_courrier_envoye_ne_se_reprend_ni_ne_se_supprime(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)

    with pytest.raises(ConflitEtat):
        services.rediger(
            consultation=consultation,
            courrier=courrier,
            projet=projet(sophie),
            par=scene.martine,
            maintenant=scene.le,
        )
    with pytest.raises(ConflitEtat):
        services.supprimer(courrier=courrier, par=scene.martine.acteur, maintenant=scene.le)


def test_une_entreprise_sans_compte_actif_est_nommee_et_rien_ne_part(scene, consultation, sophie):
    courrier = rediger(scene, consultation, sophie)
    sophie.jusqu_au = scene.le
    sophie.save()

    with pytest.raises(RegleEnfreinte, match="compte actif pour : Atelier"):
        services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le)


def test_un_brouillon_supprime_emporte_ses_fichiers(
    scene, consultation, sophie, django_capture_on_commit_callbacks
):
    courrier = rediger(scene, consultation, sophie, fichiers=[("plan.pdf", b"%PDF")])
    cle = courrier.pieces.get().cle_de_stockage

    with django_capture_on_commit_callbacks(execute=True):
        services.supprimer(courrier=courrier, par=scene.martine.acteur, maintenant=scene.le)

    assert not Courrier.objects.exists()
    with pytest.raises(CleInconnue):
        stockage().lire(cle)


def test_un_brouillon_n_existe_pas_pour_l_entreprise(scene, consultation, sophie):
    rediger(scene, consultation, sophie)

    assert not queries.fils_de(sophie.utilisateur).exists()


# ---------------------------------------------------------------- la base garantit


@pytest.mark.parametrize(
    ("modele", "champs"),
    [
        (Courrier, {"sujet": "Autre"}),
        (Courrier, {"envoye_le": None, "envoye_par": None}),
        (Exemplaire, {"texte": "Autre"}),
        (Exemplaire, {"sujet": "Autre"}),
        (Alerte, {"adresse": "autre@example.org"}),
        (Retour, {"texte": "Autre"}),
    ],
)
def test_la_base_refuse_de_changer_ce_qui_est_parti(scene, consultation, sophie, modele, champs):
    repondre(envoyer(scene, consultation, sophie), sophie, le=scene.le + 2 * HEURE)

    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        modele.objects.update(**champs)


def test_un_fichier_propre_ne_va_qu_a_son_entreprise(scene, consultation, sophie, nadia):
    courrier = rediger(scene, consultation, sophie, nadia, fichiers=[("pour-tous.pdf", b"A")])
    joindre(scene, exemplaire(courrier, sophie), "contrat-signe.pdf")
    services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le + HEURE)

    recus = {
        qui: [p.nom for p in queries.pieces_de(exemplaire(courrier, qui))]
        for qui in (sophie, nadia)
    }
    assert recus == {sophie: ["pour-tous.pdf", "contrat-signe.pdf"], nadia: ["pour-tous.pdf"]}
    contrat = exemplaire(courrier, sophie).pieces.get()
    assert queries.piece_du_fil(exemplaire(courrier, sophie).fil, contrat.reference) == contrat
    with pytest.raises(Introuvable):
        queries.piece_du_fil(exemplaire(courrier, nadia).fil, contrat.reference)


def test_un_fichier_propre_ne_se_lit_pas_avant_l_envoi(scene, consultation, sophie):
    courrier = rediger(scene, consultation, sophie)
    contrat = joindre(scene, exemplaire(courrier, sophie), "contrat.pdf").pieces.get()

    with pytest.raises(Introuvable):
        queries.piece_du_fil(exemplaire(courrier, sophie).fil, contrat.reference)


def test_le_journal_engage_l_empreinte_d_un_fichier_propre(scene, consultation, sophie):
    courrier = rediger(scene, consultation, sophie)
    contrat = joindre(scene, exemplaire(courrier, sophie), "contrat.pdf").pieces.get()
    services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le + HEURE)

    assert contrat.sha256 in actes("courrier.envoyer").get().contenu


def test_un_fichier_propre_se_retire_et_s_oublie_avec_son_destinataire(
    scene, consultation, sophie, nadia
):
    courrier = rediger(scene, consultation, sophie, nadia)
    du_lot = joindre(scene, exemplaire(courrier, nadia), "lot-2.pdf").pieces.get()
    services.rediger(
        consultation=consultation,
        courrier=courrier,
        projet=projet(sophie),
        par=scene.martine,
        maintenant=scene.le,
    )

    assert not PieceJointe.objects.filter(pk=du_lot.pk).exists()
    seul = joindre(scene, exemplaire(courrier, sophie), "a.pdf")
    services.joindre_a_une_seule(
        exemplaire=seul,
        retirees=[seul.pieces.get().reference],
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    assert not seul.pieces.exists()


def test_un_brouillon_se_supprime_avec_ses_fichiers_propres(scene, consultation, sophie):
    courrier = rediger(scene, consultation, sophie)
    joindre(scene, exemplaire(courrier, sophie), "contrat.pdf")

    services.supprimer(courrier=courrier, par=scene.martine.acteur, maintenant=scene.le)

    assert not PieceJointe.objects.exists()


def test_une_entreprise_recoit_trois_fichiers_propres_au_plus(scene, consultation, sophie):
    courrier = rediger(scene, consultation, sophie)

    with pytest.raises(RegleEnfreinte, match="3 fichiers propres au plus"):
        joindre(scene, exemplaire(courrier, sophie), "a", "b", "c", "d")


def test_un_courrier_parti_ne_recoit_plus_de_fichier(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)

    with pytest.raises(ConflitEtat):
        joindre(scene, exemplaire(courrier, sophie), "trop-tard.pdf")


@pytest.mark.parametrize("a_qui", ["courrier", "exemplaire"])
def test_la_base_garde_un_fichier_remis_tel_quel(scene, consultation, sophie, a_qui):
    courrier = rediger(scene, consultation, sophie)
    services.garder(
        services.Fichier("plan.pdf", io.BytesIO(b"A")),
        **{
            "courrier": {"courrier": courrier},
            "exemplaire": {"exemplaire": exemplaire(courrier, sophie)},
        }[a_qui],
    )
    services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le + HEURE)

    with pytest.raises(DatabaseError), transaction.atomic():
        PieceJointe.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():
        PieceJointe.objects.update(nom="autre.pdf")


@pytest.mark.parametrize("modele", [Courrier, Exemplaire, Alerte, Retour])
def test_la_base_refuse_d_effacer_ce_qui_est_parti(scene, consultation, sophie, modele):
    repondre(envoyer(scene, consultation, sophie), sophie, le=scene.le + 2 * HEURE)

    with pytest.raises(DatabaseError), transaction.atomic():
        modele.objects.all()._raw_delete("default")


def test_la_premiere_lecture_ne_se_deplace_pas(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)
    services.lire(
        fil=exemplaire(courrier, sophie).fil,
        par=sophie.utilisateur,
        maintenant=scene.le + 2 * HEURE,
    )

    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        Exemplaire.objects.update(lu_le=scene.le + 3 * HEURE)


# ---------------------------------------------------------------- lire


def test_la_premiere_lecture_compte_et_aucune_autre(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)
    fil = exemplaire(courrier, sophie).fil
    for heures in (2, 3, 4):
        services.lire(fil=fil, par=sophie.utilisateur, maintenant=scene.le + heures * HEURE)

    lu = exemplaire(courrier, sophie)
    assert (lu.lu_le, lu.lu_par) == (scene.le + 2 * HEURE, sophie.utilisateur)
    assert actes("courrier.lire").count() == 1


def test_lire_ne_prouve_que_ce_que_son_entreprise_a_recu(scene, consultation, sophie, nadia):
    courrier = envoyer(scene, consultation, sophie, nadia)
    services.lire(
        fil=exemplaire(courrier, sophie).fil,
        par=sophie.utilisateur,
        maintenant=scene.le + 2 * HEURE,
    )

    assert exemplaire(courrier, nadia).lu_le is None
    assert [e.fil.equipe for e in queries.non_lus_de(nadia.utilisateur)] == [nadia.equipe]


def test_qui_dit_le_meme_siret_ne_voit_pas_le_fil(scene, consultation, sophie):
    personne = creer_utilisateur(
        courriel="kevin@faitage.example", nom="Kévin", adresse_verifiee=True, maintenant=scene.le
    )
    inscrit(personne, SIRET, le=scene.le)
    envoyer(scene, consultation, sophie)

    assert not queries.fils_de(personne).exists()
    assert queries.fils_de(sophie.utilisateur).count() == 1


# ---------------------------------------------------------------- répondre


def test_une_reponse_est_recue_et_l_acheteur_est_prevenu_sans_nom(scene, consultation, sophie):
    retour = repondre(envoyer(scene, consultation, sophie), sophie, le=scene.le + 2 * HEURE)

    ecrits = Courriel.objects.filter(cle__startswith=f"retour:{retour.reference}")
    assert ecrits.count() == 2
    assert not any(
        mot in ecrit.sujet + ecrit.texte
        for ecrit in ecrits
        for mot in ("Sophie", "Faîtage", "noté")
    )
    assert list(queries.retours_a_lire([consultation])) == [retour]


def test_un_second_clic_n_en_fait_pas_deux(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)
    premier = repondre(courrier, sophie, le=scene.le + 2 * HEURE, cle="a" * 32)

    assert repondre(courrier, sophie, le=scene.le + 3 * HEURE, cle="a" * 32) == premier
    assert Retour.objects.count() == 1


@pytest.mark.parametrize("nom", ["Acte d'engagement.pdf", "DC1.pdf", "notre offre.zip"])
def test_avant_l_heure_limite_une_offre_par_message_est_refusee(scene, consultation, sophie, nom):
    courrier = envoyer(scene, consultation, sophie)

    with pytest.raises(RegleEnfreinte, match="page de dépôt"):
        repondre(courrier, sophie, le=scene.le + 2 * HEURE, fichiers=((nom, b"%PDF"),))
    assert not Retour.objects.exists()


def test_une_offre_cachee_dans_un_zip_est_refusee(scene, consultation, sophie):
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        archive.writestr("dossier/BPU.xlsx", b"prix")
    courrier = envoyer(scene, consultation, sophie)

    with pytest.raises(RegleEnfreinte, match=r"BPU\.xlsx"):
        repondre(
            courrier,
            sophie,
            le=scene.le + 2 * HEURE,
            fichiers=(("documents.zip", tampon.getvalue()),),
        )


def test_un_zip_illisible_est_recu_comme_un_fichier(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)

    assert repondre(
        courrier, sophie, le=scene.le + 2 * HEURE, fichiers=(("plans.zip", b"PK pas un zip"),)
    ).pk


def test_interrogee_l_entreprise_envoie_une_piece_de_son_offre(scene):
    qui = membre(le=scene.le)
    consultation = reponses_ouvertes(scene, qui, le=scene.le)
    courrier = envoyer(scene, consultation, qui, sorte="precisions")

    retour = repondre(courrier, qui, le=scene.le + 2 * HEURE, fichiers=(("BPU.xlsx", b"prix"),))
    assert retour.pieces.get().nom == "BPU.xlsx"


def test_apres_l_ouverture_une_offre_que_rien_ne_demande_est_refusee(scene):
    qui = membre(le=scene.le)
    consultation = reponses_ouvertes(scene, qui, le=scene.le)
    courrier = envoyer(scene, consultation, qui)

    with pytest.raises(RegleEnfreinte, match="ne vous l'a pas demandé"):
        repondre(courrier, qui, "Voici notre meilleure offre.", le=scene.le + 2 * HEURE)


def test_une_reponse_apres_le_dernier_moment_est_recue_et_signalee(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, reponse_avant=scene.le + 3 * HEURE)

    assert not repondre(courrier, sophie, le=scene.le + 3 * HEURE).hors_delai
    assert repondre(courrier, sophie, le=scene.le + 4 * HEURE).hors_delai


def test_un_message_sans_date_ne_leve_pas_le_delai_du_courrier_d_avant(scene, consultation, sophie):
    envoyer(scene, consultation, sophie, reponse_avant=scene.le + 3 * HEURE)
    rappel = envoyer(scene, consultation, sophie, le=scene.le + 2 * HEURE)

    assert not repondre(rappel, sophie, le=scene.le + 3 * HEURE).hors_delai
    assert repondre(rappel, sophie, le=scene.le + 4 * HEURE).hors_delai


def test_un_message_libre_apres_une_reponse_a_temps_se_repond_sans_retard(
    scene, consultation, sophie
):
    demande = envoyer(scene, consultation, sophie, reponse_avant=scene.le + 3 * HEURE)
    repondre(demande, sophie, le=scene.le + 2 * HEURE)
    merci = envoyer(scene, consultation, sophie, le=scene.le + 4 * HEURE)

    assert not repondre(merci, sophie, le=scene.le + 5 * HEURE).hors_delai


def precisions_demandees(scene, qui, *, procedure):
    consultation = reponses_ouvertes(scene, qui, le=scene.le)
    type(consultation).toutes.filter(pk=consultation.pk).update(type_de_procedure=procedure)
    consultation.refresh_from_db()
    return envoyer(scene, consultation, qui, sorte="precisions")


def test_en_appel_d_offres_une_demande_de_precisions_ne_fait_pas_changer_d_offre(scene):
    qui = membre(le=scene.le)
    courrier = precisions_demandees(scene, qui, procedure="appel_offres_ouvert")

    with pytest.raises(RegleEnfreinte, match="elle ne change plus"):
        repondre(courrier, qui, "Voici notre meilleure offre.", le=scene.le + 2 * HEURE)
    assert repondre(courrier, qui, "Voici le détail demandé.", le=scene.le + 2 * HEURE).pk


def test_ou_l_on_negocie_une_autre_offre_repond_a_une_demande_de_precisions(scene):
    qui = membre(le=scene.le)
    courrier = precisions_demandees(scene, qui, procedure="procedure_adaptee_ouverte")

    assert repondre(courrier, qui, "Voici notre meilleure offre.", le=scene.le + 2 * HEURE).pk


def test_a_regulariser_une_offre_peut_etre_remise_autrement(scene):
    qui = membre(le=scene.le)
    courrier = precisions_demandees(scene, qui, procedure="appel_offres_ouvert")
    envoyer(
        scene,
        courrier.consultation,
        qui,
        sorte="regularisation",
        texte="Signez.",
        reponse_avant=scene.le + 9 * HEURE,
    )

    assert repondre(courrier, qui, "Voici notre offre modifiée.", le=scene.le + 2 * HEURE).pk


def test_une_procedure_abandonnee_reste_ouverte_aux_courriers(scene, consultation, sophie):
    declarer_sans_suite(
        consultation=consultation, motif="Budget", par=scene.martine.acteur, maintenant=scene.le
    )

    courrier = envoyer(scene, consultation, sophie)
    consultation.refresh_from_db()
    fil = exemplaire(courrier, sophie).fil

    assert courrier.envoye_le
    assert not queries.moment_de(fil, le=scene.le).depot_attendu


# ---------------------------------------------------------------- relancer


@pytest.fixture
def kevin(scene, sophie):
    return membre("Kévin Masson", par=sophie, le=scene.le)


def relancer(scene, courrier, de, vers, *, apres=timedelta(days=2)):
    return services.relancer(
        exemplaire=exemplaire(courrier, de),
        personne=vers.utilisateur,
        par=scene.martine.acteur,
        maintenant=scene.le + apres,
    )


def test_une_relance_part_vers_une_autre_personne_de_l_entreprise(
    scene, consultation, sophie, kevin
):
    courrier = envoyer(scene, consultation, sophie)

    alerte = relancer(scene, courrier, sophie, kevin)

    assert (alerte.rang, alerte.adresse) == (2, kevin.utilisateur.courriel)
    assert courriels_de(kevin).get().sujet.startswith("Rappel : un courrier")


def test_avant_l_heure_limite_qui_a_pose_une_question_ne_passe_pas_devant(
    scene, consultation, sophie, kevin
):
    poser(consultation, kevin, le=scene.le)
    fil = exemplaire(envoyer(scene, consultation, sophie), sophie).fil

    apres = queries.interlocuteurs(fil, le=scene.limite + timedelta(seconds=1))
    avant = queries.interlocuteurs(fil, le=scene.limite)
    assert avant == [sophie.utilisateur, kevin.utilisateur]
    assert apres == [kevin.utilisateur, sophie.utilisateur]


def test_on_ne_relance_personne_hors_de_l_entreprise(scene, consultation, sophie, nadia):
    courrier = envoyer(scene, consultation, sophie)

    with pytest.raises(Introuvable):
        relancer(scene, courrier, sophie, nadia)


def test_un_courrier_lu_ne_se_relance_pas(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie)
    services.lire(
        fil=exemplaire(courrier, sophie).fil,
        par=sophie.utilisateur,
        maintenant=scene.le + 2 * HEURE,
    )

    with pytest.raises(RegleEnfreinte, match="déjà lu"):
        relancer(scene, courrier, sophie, sophie)


def test_au_bout_de_deux_jours_sans_lecture_le_courrier_est_a_relancer(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)

    assert queries.a_relancer([consultation], le=scene.le + timedelta(hours=47)) == []
    assert queries.a_relancer([consultation], le=scene.le + timedelta(hours=48)) == [
        exemplaire(courrier, sophie)
    ]


def test_une_relance_remet_deux_jours_avant_la_suivante(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    relancer(scene, courrier, sophie, sophie)

    assert queries.a_relancer([consultation], le=scene.le + timedelta(days=3)) == []
    assert len(queries.a_relancer([consultation], le=scene.le + timedelta(days=4))) == 1

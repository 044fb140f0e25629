"""Les actes : qui les fait, dans quel ordre, et ce qu'une panne laisse."""

import json
from datetime import timedelta

import pytest

from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.reponse.depots.models import FichierScelle
from beffroi.seance.coffre.errors import CleRefusee, CoffreVide
from beffroi.seance.ouverture import queries, services
from beffroi.seance.ouverture.errors import EnveloppeEnCours
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.services import enveloppes
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE, SEANCE_LE
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, RoleManquant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from demo.cles import CAPACITE, sceller
from demo.reponses import Envoye, composer_le_manifeste
from sceau import Identity, Recipient

ETAT = OuverturePli.Etat


def ouvrir(seance, rang=1, *, le=SEANCE_LE):
    return services.ouvrir_enveloppe_suivante(
        seance=seance, rang=rang, capacite=CAPACITE, par=seance.presidee_par, maintenant=le
    )


def abimer(fichier: FichierScelle, position: int) -> None:
    """Change un octet au stockage, là où il est."""
    morceau = stockage().morceaux(fichier.cle_de_stockage)[0]
    octets = bytearray(morceau.read_bytes())
    octets[position] ^= 1
    morceau.write_bytes(octets)


def fichier_scelle(nom: str) -> FichierScelle:
    return FichierScelle.objects.get(nom=nom)


def test_rien_ne_s_installe_avant_l_heure_limite(scene):
    helene = scene.personne("helene")
    avant = LIMITE - timedelta(seconds=1)
    seance = services.preparer_seance(
        consultation=scene.consultation, presidee_par=helene, par=helene, maintenant=avant
    )
    services.rejoindre(seance=seance, utilisateur=helene, appareil="a", maintenant=avant)

    with pytest.raises(RegleEnfreinte, match="heure limite n'est pas passée"):
        services.installer(seance=seance, lieu="Mairie", autres=[], par=helene, maintenant=avant)


def test_une_seule_seance_a_la_fois(scene):
    factories.seance_installee(scene)

    with pytest.raises(ConflitEtat, match="déjà en préparation"):
        factories.seance_installee(scene)


def test_une_seule_personne_ne_tourne_pas_les_cles(scene):
    seance = factories.seance_installee(scene, autour=("helene",))
    graines = factories.graines_pour_le_coffre(scene, seance, porteurs=["helene"])

    with pytest.raises(RegleEnfreinte, match="Il manque 1 personne"):
        services.tourner_les_cles(
            seance=seance,
            graines=graines,
            avec_sa_part=True,
            capacite=CAPACITE,
            par=seance.presidee_par,
            maintenant=SEANCE_LE,
        )


def test_une_autre_cle_que_celle_publiee_est_refusee(scene, coffre_de_test):
    seance = factories.seance_installee(scene)
    factories.composer_le_code(scene, seance, membre="bernard", ephemere=Identity.generate())
    fausse = sceller(Identity.generate().seed, Recipient.parse(coffre_de_test.destinataire()))

    with pytest.raises(CleRefusee, match="n'est pas celle de cette consultation"):
        services.tourner_les_cles(
            seance=seance,
            graines={"candidature": fausse, "offre": fausse},
            avec_sa_part=True,
            capacite=CAPACITE,
            par=seance.presidee_par,
            maintenant=SEANCE_LE,
        )
    seance.refresh_from_db()
    assert seance.etat == Seance.Etat.CLES_EN_COURS


def test_un_code_different_n_ouvre_rien_et_s_inscrit(scene):
    seance = factories.seance_installee(scene)
    bernard = scene.personne("bernard")

    place = services.confirmer_le_code(
        seance=seance, par=bernard, identique=False, maintenant=SEANCE_LE
    )

    seance.refresh_from_db()
    assert place.confirme_le is None
    assert "code différent" in seance.incidents[0]["texte"]


def test_la_presidence_ne_revele_pas_avant_d_avoir_recu_l_alea(scene):
    seance = factories.seance_installee(scene)
    bernard = scene.personne("bernard")

    services.reveler_les_aleas(
        seance=seance, aleas={bernard.reference: "a" * 64}, par=seance.presidee_par
    )

    assert seance.participants.get(utilisateur=bernard).alea_de_la_presidence == ""


@pytest.mark.moteurs
def test_une_page_rechargee_refait_le_code_et_rien_ne_tourne_avant(scene):
    seance = factories.seance_installee(scene)
    factories.presenter_les_cles(scene, seance)

    place = services.refaire_le_code(
        seance=seance, par=scene.personne("bernard"), maintenant=SEANCE_LE
    )

    assert (place.confirme_le, place.alea_du_code, place.part_rescellee) == (None, "", {})
    assert Ecriture.objects.filter(acte="seance.code_refait").count() == 1
    with pytest.raises(RegleEnfreinte, match="Il manque 1 personne"):
        services.tourner_les_cles(
            seance=seance,
            graines={},
            avec_sa_part=True,
            capacite=CAPACITE,
            par=seance.presidee_par,
            maintenant=SEANCE_LE,
        )


def test_seule_la_presidence_ouvre(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)

    with pytest.raises(RoleManquant, match="Seule la présidence"):
        services.ouvrir_enveloppe_suivante(
            seance=seance,
            rang=1,
            capacite=CAPACITE,
            par=scene.personne("bernard"),
            maintenant=SEANCE_LE,
        )


def test_un_double_clic_n_ouvre_qu_une_fois(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)

    premiere, seconde = ouvrir(seance), ouvrir(seance)

    assert premiere == seconde
    assert premiere.fichiers.count() == 1
    assert Ecriture.objects.filter(acte="enveloppe.ouverte").count() == 1


@pytest.mark.moteurs
def test_une_observation_se_garde_telle_quelle_et_s_inscrit_au_journal(scene):
    scene.repond()
    ouverte, bernard = ouvrir(factories.seance_ouverte(scene)), scene.personne("bernard")

    notee = services.noter_observation(
        ouverture=ouverte, texte=" Le prix est en lettres. ", par=bernard, maintenant=SEANCE_LE
    )

    dite = {"le": SEANCE_LE.isoformat(), "par": bernard.nom, "texte": "Le prix est en lettres."}
    assert notee.observations == [dite]
    assert Ecriture.objects.filter(acte="seance.observation").count() == 1


def test_un_coffre_vide_suspend_puis_la_seance_reprend_a_la_meme_enveloppe(scene, coffre_de_test):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    ouvrir(seance, 1)
    coffre_de_test.vider(seance.reference)

    with pytest.raises(CoffreVide):
        ouvrir(seance, 2)
    seance = services.constater_la_perte_des_cles(seance=seance, maintenant=SEANCE_LE)
    assert seance.etat == Seance.Etat.SUSPENDUE
    seance = factories.tourner(scene, seance)
    ouvrir(seance, 2)

    assert [o.etat for o in seance.ouvertures.all()] == [ETAT.OUVERTE, ETAT.OUVERTE]
    assert len(seance.tours_de_cle) == 4


@pytest.mark.moteurs
def test_apres_une_panne_l_enveloppe_commencee_se_reprend_sans_attendre_son_bail(
    scene, coffre_de_test
):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    enveloppes.reserver_l_enveloppe(
        seance=seance, rang=1, capacite=CAPACITE, par=seance.presidee_par, maintenant=SEANCE_LE
    )
    coffre_de_test.vider(seance.reference)

    seance = services.constater_la_perte_des_cles(seance=seance, maintenant=SEANCE_LE)
    seance = factories.tourner(scene, seance)

    assert ouvrir(seance).etat == ETAT.OUVERTE


@pytest.mark.moteurs
def test_une_panne_au_milieu_d_une_enveloppe_la_laisse_a_reprendre(scene, monkeypatch):
    scene.repond()
    seance = factories.seance_ouverte(scene)

    def panne(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(enveloppes, "desceller", panne)
    with pytest.raises(KeyboardInterrupt):
        ouvrir(seance)
    monkeypatch.undo()

    assert seance.ouvertures.get(rang=1).etat == ETAT.SCELLEE


def test_un_ouvrier_tue_rend_l_enveloppe_a_l_echeance_de_son_bail(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    enveloppes.reserver_l_enveloppe(
        seance=seance, rang=1, capacite=CAPACITE, par=seance.presidee_par, maintenant=SEANCE_LE
    )

    with pytest.raises(EnveloppeEnCours):
        ouvrir(seance)
    reprise = ouvrir(seance, le=SEANCE_LE + enveloppes.DUREE_DU_BAIL)

    assert reprise.etat == ETAT.OUVERTE


def test_le_retardataire_qui_a_perdu_son_bail_n_ecrit_rien(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    lente, _ = enveloppes.reserver_l_enveloppe(
        seance=seance, rang=1, capacite=CAPACITE, par=seance.presidee_par, maintenant=SEANCE_LE
    )
    contenu = enveloppes.desceller(lente, capacite=CAPACITE, le=SEANCE_LE)
    ouvrir(seance, le=SEANCE_LE + enveloppes.DUREE_DU_BAIL)

    enveloppes.constater_l_ouverture(
        ouverture=lente,
        contenu=contenu,
        par=seance.presidee_par,
        maintenant=SEANCE_LE + timedelta(hours=1),
    )

    assert OuverturePli.objects.get(pk=lente.pk).fichiers.count() == 1


def test_un_fichier_abime_se_constate_et_les_autres_s_ouvrent(scene):
    scene.repond(candidature={})
    abimer(fichier_scelle("prix.ods"), -1)
    seance = factories.seance_ouverte(scene)

    ouverture = ouvrir(seance)

    assert ouverture.etat == ETAT.OUVERTE
    assert [f.nom for f in ouverture.fichiers.all()] == ["Acte d'engagement – été.pdf"]
    assert [c["texte"] for c in ouverture.constats] == [
        "« prix.ods » ne s'ouvre pas : il est incomplet ou modifié."
    ]


def test_une_enveloppe_entierement_abimee_est_illisible_et_la_suivante_s_ouvre(scene):
    scene.repond()
    abimer(fichier_scelle("Lettre de candidature.pdf"), 700)
    seance = factories.seance_ouverte(scene)

    candidature, offre = ouvrir(seance, 1), ouvrir(seance, 2)

    assert (candidature.etat, offre.etat) == (ETAT.ILLISIBLE, ETAT.OUVERTE)
    assert candidature.constats[0]["code"] == "fichier_illisible"


def test_un_fichier_scelle_pour_une_autre_cle_le_dit(scene):
    scene.repond(candidature={})
    fichier = fichier_scelle("prix.ods")
    stockage().morceaux(fichier.cle_de_stockage)[0].write_bytes(
        sceller(b"x" * 13, Identity.generate().recipient)
    )
    seance = factories.seance_ouverte(scene)

    ouverture = ouvrir(seance)

    assert "scellé pour une autre clé" in ouverture.constats[0]["texte"]


def test_un_manifeste_illisible_n_empeche_pas_de_lire_les_fichiers(scene):
    pli = scene.repond(candidature={})
    abimer(pli.enveloppes.get().manifeste, -1)
    seance = factories.seance_ouverte(scene)

    ouverture = ouvrir(seance)

    assert ouverture.constats[0]["code"] == "manifeste_illisible"
    assert ouverture.fichiers.count() == 2


def test_un_scelle_resubstitue_sous_la_bonne_cle_est_vu(scene):
    scene.repond(candidature={})
    fichier = fichier_scelle("prix.ods")
    autre = sceller(b"PK\x03\x04 faux!", factories_destinataire(scene))
    stockage().morceaux(fichier.cle_de_stockage)[0].write_bytes(autre)
    seance = factories.seance_ouverte(scene)

    codes = {constat["code"] for constat in ouvrir(seance).constats}

    assert {"scelle_autre_que_le_recepisse", "contenu_different"} <= codes


def test_un_manifeste_remplace_apres_le_depot_est_vu(scene):
    """Bien scellé, et qui annonce les mêmes fichiers : seul son sel change."""
    pli = scene.repond(candidature={})
    envoyes = [Envoye(fichier_scelle(nom), clair) for nom, clair in factories.OFFRE.items()]
    autre = json.dumps(composer_le_manifeste(scene.consultation, "offre", None, envoyes)).encode()
    manifeste = pli.enveloppes.get().manifeste
    stockage().morceaux(manifeste.cle_de_stockage)[0].write_bytes(
        sceller(autre, factories_destinataire(scene))
    )
    seance = factories.seance_ouverte(scene)

    codes = [constat["code"] for constat in ouvrir(seance).constats]

    assert codes == ["manifeste_autre_que_l_engagement"]


def factories_destinataire(scene) -> Recipient:
    return Recipient.parse(scene.consultation.cle_offre.destinataire)


def test_un_retard_se_decide_avant_de_clore_et_l_ecarte_reste_scelle(scene):
    tardif = scene.repond(le=LIMITE + timedelta(seconds=29))
    seance = factories.seance_ouverte(scene)
    with pytest.raises(RegleEnfreinte, match="1 réponse hors délai"):
        services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    services.decider_hors_delai(
        seance=seance,
        pli=tardif,
        decision="ecartee",
        motif="29 s",
        par=seance.presidee_par,
        maintenant=SEANCE_LE,
    )
    services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    assert {o.etat for o in seance.ouvertures.all()} == {ETAT.ECARTEE}


@pytest.mark.moteurs
def test_un_retard_admis_s_ouvre_a_la_suite(scene):
    tardif = scene.repond(le=LIMITE + timedelta(seconds=29))
    seance = factories.seance_ouverte(scene)

    services.decider_hors_delai(
        seance=seance,
        pli=tardif,
        decision="admise",
        motif="panne",
        par=seance.presidee_par,
        maintenant=SEANCE_LE,
    )
    factories.ouvrir_tout(seance)

    assert {o.etat for o in seance.ouvertures.all()} == {ETAT.OUVERTE}


@pytest.mark.moteurs
def test_une_autre_personne_prend_la_presidence_et_cela_s_inscrit(scene):
    scene.repond()
    seance = factories.seance_installee(scene)

    seance = services.prendre_la_presidence(
        seance=seance, utilisateur=scene.personne("bernard"), maintenant=SEANCE_LE
    )
    seance = factories.tourner(scene, seance, membre="helene")

    assert seance.etat == Seance.Etat.OUVERTE
    assert seance.incidents[0]["texte"] == "Bernard Lefebvre préside à la place de Hélène Duriez."


def test_les_gardiens_ouvrent_et_chaque_entreprise_le_sait(scene):
    scene.repond("sophie", "faitage")
    scene.repond("zoe", "zingueurs")
    avant = set(Courriel.objects.values_list("pk", flat=True))

    seance = factories.seance_installee(
        scene,
        autour=("helene", "agnes", "benoit"),
        demande_aux_gardiens="Lettre du maire du 12 janvier 2027",
    )
    ouvrir_par_les_gardiens(scene, seance)

    recus = Courriel.objects.exclude(pk__in=avant)
    entreprises = recus.filter(sujet__startswith="Les gardiens des clés")
    assert {c.destinataire for c in entreprises} == {
        "sophie@faitage.example",
        "zoe@zingueurs.example",
    }
    appels = recus.filter(sujet__startswith="Votre clé de gardien")
    assert {c.destinataire.split("@")[0] for c in appels} == {"agnes", "benoit", "colette"}
    assert all(f"/ouverture/{seance.reference}/" in c.texte for c in appels)
    assert Ecriture.objects.filter(acte="gardiens.recours", sujet=seance.reference).exists()
    assert [c.sorte for c in scene.consultation.changements.all()] == ["gardiens"]
    assert seance.ouvertures.filter(etat=ETAT.OUVERTE).count() == 4


def test_un_gardien_est_attendu_tant_que_la_seance_n_est_pas_close(scene):
    seance = factories.seance_installee(
        scene, autour=("helene", "agnes", "benoit"), demande_aux_gardiens="Lettre du maire"
    )
    assert list(queries.recours_en_cours(scene.personne("colette"))) == [seance]
    assert list(queries.recours_en_cours(scene.personne("helene"))) == []

    ouvrir_par_les_gardiens(scene, seance)
    services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    assert list(queries.recours_en_cours(scene.personne("colette"))) == []


def ouvrir_par_les_gardiens(scene, seance):
    ephemere = Identity.generate()
    for gardien in ("agnes", "benoit"):
        factories.composer_le_code(scene, seance, membre=gardien, ephemere=ephemere)
        factories.remettre(scene, seance, membre=gardien, ephemere=ephemere)
    graines = factories.graines_pour_le_coffre(scene, seance, porteurs=["agnes", "benoit"])
    services.tourner_les_cles(
        seance=seance,
        graines=graines,
        avec_sa_part=True,
        capacite=CAPACITE,
        par=seance.presidee_par,
        maintenant=SEANCE_LE,
    )
    factories.ouvrir_tout(seance)


@pytest.mark.moteurs
def test_une_part_de_membre_ne_sert_pas_dans_un_recouvrement(scene):
    seance = factories.seance_installee(
        scene, autour=("helene", "agnes", "benoit"), demande_aux_gardiens="Lettre du maire"
    )

    assert queries.parts_de(seance, scene.personne("helene")) == {}
    assert set(queries.parts_de(seance, scene.personne("agnes"))) == {"candidature", "offre"}


def test_une_seance_close_ne_recoit_plus_de_remarque(scene):
    seance = factories.seance_ouverte(scene)
    services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    with pytest.raises(ConflitEtat, match="Close"):
        services.noter_remarque(
            seance=seance, texte="Trop tard.", par=seance.presidee_par, maintenant=SEANCE_LE
        )


@pytest.mark.article("CCP", "R. 2185-1")
def test_sans_suite_en_pleine_seance_le_reste_demeure_scelle(scene):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    ouvrir(seance, 1)
    declarer_sans_suite(
        consultation=scene.consultation,
        motif="Le besoin a disparu.",
        par=PLATEFORME,
        maintenant=SEANCE_LE,
    )

    with pytest.raises(RegleEnfreinte, match="sans suite"):
        ouvrir(seance, 2)

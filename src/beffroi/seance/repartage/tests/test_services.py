"""Une personne part, arrive ou perd sa clé :
ses collègues refont les parts, et la clé publique reste.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.consultations import services as services_des_consultations
from beffroi.achat.consultations.tests.scene import agent, planter_la_scene
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles import services as services_des_cles
from beffroi.personnes.cles.services import NouvellesParts
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.services import retirer_habilitation
from beffroi.seance.repartage import queries as lectures
from beffroi.seance.repartage import services
from beffroi.seance.repartage.models import Repartage
from beffroi.seance.repartage.queries import changements, part_tenue
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.models import Ecriture
from sceau import shares

pytestmark = pytest.mark.django_db
LUNDI = datetime(2026, 11, 23, 9, tzinfo=UTC)
MARDI = LUNDI + timedelta(days=1)


@pytest.fixture
def scene():
    return planter_la_scene(le=LUNDI)


@pytest.fixture
def bernard(scene):
    return agent("Bernard Lefebvre", scene.organisme, le=LUNDI)


def en_double(scene, troisieme):
    """La consultation publiée, en double contrôle, à trois."""
    consultation = scene.brouillon()
    services_des_consultations.choisir_la_politique(
        consultation=consultation, politique="double", par=scene.martine.acteur, maintenant=LUNDI
    )
    consultation.refresh_from_db()
    return scene.publier(scene.completer(consultation, avec=(troisieme,)))


def demander(consultation, vers, par, voie="membres", demande="lettre du maire du 12 janvier 2027"):
    return services.demander_un_repartage(
        consultation=consultation, vers=vers, voie=voie, par=par, maintenant=MARDI, demande=demande
    )


def rouvrir(personne, *scellees):
    """Ce que le navigateur de cette personne recombine."""
    return shares.combine([porteurs.ouvrir(scellee, personne) for scellee in scellees])


def refaire(repartage, par, *, relais=None):
    """Ce que le navigateur de la dernière personne envoie."""
    consultation, parts = repartage.consultation, {}
    vers = list(repartage.vers.order_by("pk"))
    change = changements(consultation.paires_de_cles["offre"], vers)
    for sorte, paire in consultation.paires_de_cles.items():
        sienne = part_tenue(paire, par, repartage.voie)
        cle = rouvrir(par, sienne.contenu, *([relais[sorte]] if relais else []))
        assert cle.recipient.fingerprint == paire.empreinte
        membres, gardiens = porteurs.parts_scellees(
            cle,
            cles.identites_de(vers).values(),
            cles.gardiens_prets(),
            seuil=paire.seuil,
            enregistre=paire.enregistrement.encode(),
        )
        parts[sorte] = NouvellesParts(
            membres=membres if change.membres else {}, gardiens=gardiens if change.gardiens else {}
        )
    return parts


def achever(repartage, par, **options):
    parts = options.pop("parts", None) or refaire(repartage, par, **options)
    return services.achever_le_repartage(
        repartage=repartage, parts=parts, par=par, maintenant=MARDI
    )


def remettre(repartage, par, a):
    paires = repartage.consultation.paires_de_cles
    parts = {}
    for sorte, paire in paires.items():
        clair = porteurs.ouvrir(part_tenue(paire, par, repartage.voie).contenu, par)
        parts[sorte] = porteurs.sceller(
            clair, part_tenue(paire, a, repartage.voie).identite.destinataire
        )
    return services.remettre_sa_part(
        repartage=repartage, parts=parts, a=a, par=par, maintenant=MARDI
    )


def tenants(paire):
    return [part.identite.utilisateur for part in cles.parts_des_membres(paire)]


def test_en_standard_une_personne_suffit_et_la_cle_publique_reste(scene, bernard):
    consultation = scene.publiee()
    avant = {sorte: paire.empreinte for sorte, paire in consultation.paires_de_cles.items()}

    consultation = achever(
        demander(consultation, [scene.martine, bernard], scene.martine), scene.martine
    )

    assert {sorte: paire.empreinte for sorte, paire in consultation.paires_de_cles.items()} == avant
    assert [tenants(paire) for paire in consultation.paires_de_cles.values()] == [
        [bernard, scene.martine]
    ] * 2
    assert {m.utilisateur for m in consultation.membres_qui_ouvrent.all()} == {
        bernard,
        scene.martine,
    }
    assert not Repartage.objects.exists()


def test_la_personne_arrivee_ouvre_la_cle_de_la_consultation(scene, bernard):
    consultation = achever(
        demander(scene.publiee(), [bernard, scene.helene], scene.martine), scene.martine
    )
    offre = consultation.paires_de_cles["offre"]

    cle = rouvrir(bernard, cles.part_de(bernard, offre).contenu)

    assert cle.recipient.encode() == offre.destinataire
    assert cles.part_de(scene.martine, offre) is None


def test_chaque_nouvelle_part_attend_son_essai(scene, bernard):
    consultation = achever(
        demander(scene.publiee(), [scene.martine, bernard], scene.martine), scene.martine
    )

    assert porteurs.prets(consultation.paires_de_cles["offre"], le=MARDI) == []
    assert len(cles.essais_en_attente(bernard, MARDI)) == 2
    assert Courriel.objects.filter(
        destinataire=bernard.courriel, sujet__startswith="Essayez"
    ).exists()


def test_le_journal_nomme_qui_a_refait_les_parts_et_pour_qui(scene, bernard):
    consultation = achever(
        demander(scene.publiee(), [scene.martine, bernard], scene.martine), scene.martine
    )

    paire = consultation.paires_de_cles["offre"]
    dit = json.loads(
        Ecriture.objects.get(acte="cles.paire_repartagee", sujet=paire.reference).contenu
    )["donnees"]
    assert dit["avec"] == [scene.martine.reference]
    assert [nom.split()[0] for nom in dit["de"]["membres"]] == [
        scene.helene.reference,
        scene.martine.reference,
    ]
    assert [nom.split()[0] for nom in dit["vers"]["membres"]] == [
        bernard.reference,
        scene.martine.reference,
    ]
    assert dit["de"]["gardiens"] == dit["vers"]["gardiens"]


def test_les_parts_des_gardiens_ne_bougent_que_si_un_gardien_change(scene, bernard):
    consultation = scene.publiee()
    offre = consultation.paires_de_cles["offre"]
    avant = [part.pk for part in cles.parts_des_gardiens(offre)]

    achever(demander(consultation, [scene.martine, bernard], scene.martine), scene.martine)

    assert [part.pk for part in cles.parts_des_gardiens(offre)] == avant


@pytest.mark.moteurs
def test_un_gardien_remplace_recoit_sa_part_et_les_membres_gardent_la_leur(scene):
    consultation = scene.publiee()
    offre = consultation.paires_de_cles["offre"]
    avant = [part.pk for part in cles.parts_des_membres(offre)]
    nouveau = remplacer_un_gardien(scene)

    achever(demander(consultation, [scene.martine, scene.helene], scene.martine), scene.martine)

    assert nouveau in [part.gardien for part in cles.parts_des_gardiens(offre)]
    assert [part.pk for part in cles.parts_des_membres(offre)] == avant


def remplacer_un_gardien(scene):
    from beffroi.personnes.comptes.services import creer_utilisateur

    services_des_cles.retirer_gardien(
        gardien=cles.gardiens_en_fonction().first(), par=scene.martine.acteur, maintenant=MARDI
    )
    odile = creer_utilisateur(
        courriel="odile@archives.example",
        nom="Odile Fasquelle",
        adresse_verifiee=True,
        maintenant=MARDI,
    )
    porteurs.donner_une_cle(odile, maintenant=MARDI)
    gardien = services_des_cles.designer_gardien(
        utilisateur=odile,
        organisation="Archives",
        releve_de_l_exploitant=False,
        par=scene.martine.acteur,
        maintenant=MARDI,
    )
    return porteurs.essai_du_gardien(gardien, maintenant=MARDI)


def test_en_double_controle_une_seule_personne_ne_peut_rien(scene, bernard):
    consultation = en_double(scene, bernard)
    odile = agent("Odile Fasquelle", scene.organisme, le=LUNDI)
    repartage = demander(consultation, [scene.martine, scene.helene, odile], scene.martine)
    parts = {sorte: NouvellesParts() for sorte in consultation.paires_de_cles}

    with pytest.raises(RegleEnfreinte, match="vous remettre sa part"):
        achever(repartage, scene.martine, parts=parts)


def test_en_double_controle_la_seconde_personne_acheve(scene, bernard):
    odile = agent("Odile Fasquelle", scene.organisme, le=LUNDI)
    consultation = en_double(scene, bernard)
    repartage = demander(consultation, [scene.martine, scene.helene, odile], scene.martine)

    repartage = remettre(repartage, scene.martine, scene.helene)
    relais = {"candidature": repartage.relais_candidature, "offre": repartage.relais_offre}
    consultation = achever(repartage, scene.helene, relais=relais)

    offre = consultation.paires_de_cles["offre"]
    assert tenants(offre) == [scene.helene, scene.martine, odile]
    parts = [porteurs.ouvrir(cles.part_de(p, offre).contenu, p) for p in (scene.martine, odile)]
    assert shares.combine(parts).recipient.encode() == offre.destinataire


def test_seule_la_personne_choisie_acheve(scene, bernard):
    consultation = en_double(scene, bernard)
    odile = agent("Odile Fasquelle", scene.organisme, le=LUNDI)
    repartage = remettre(
        demander(consultation, [scene.martine, scene.helene, odile], scene.martine),
        scene.martine,
        scene.helene,
    )

    for intruse in (scene.martine, bernard):
        with pytest.raises(RegleEnfreinte):
            achever(
                repartage,
                intruse,
                parts={sorte: NouvellesParts() for sorte in consultation.paires_de_cles},
            )


def test_on_ne_se_remet_pas_sa_part_a_soi_meme(scene, bernard):
    consultation = en_double(scene, bernard)
    odile = agent("Odile Fasquelle", scene.organisme, le=LUNDI)
    repartage = demander(consultation, [scene.martine, scene.helene, odile], scene.martine)

    with pytest.raises(RegleEnfreinte, match="autre personne que vous"):
        remettre(repartage, scene.martine, scene.martine)


@pytest.mark.moteurs
def test_deux_gardiens_refont_les_parts_quand_les_cles_sont_perdues(scene, bernard):
    consultation = scene.publiee()
    premier, second = [gardien.utilisateur for gardien in cles.gardiens_en_fonction()[:2]]
    repartage = demander(consultation, [scene.helene, bernard], scene.helene, voie="gardiens")

    repartage = remettre(repartage, premier, second)
    relais = {"candidature": repartage.relais_candidature, "offre": repartage.relais_offre}
    consultation = achever(repartage, second, relais=relais)

    assert tenants(consultation.paires_de_cles["offre"]) == [bernard, scene.helene]


def test_un_recours_aux_gardiens_ne_passe_pas_inapercu(scene, bernard):
    consultation = scene.publiee()
    gardiens = [gardien.utilisateur for gardien in cles.gardiens_en_fonction()]

    demander(consultation, [scene.helene, bernard], scene.helene, voie="gardiens")

    appels = Courriel.objects.filter(sujet__startswith="Votre clé de gardien est demandée")
    assert {appel.destinataire for appel in appels} == {gardien.courriel for gardien in gardiens}
    assert all(
        "lettre du maire" in a.texte and "Demandé par : Hélène Duriez" in a.texte for a in appels
    )
    ecriture = json.loads(Ecriture.objects.get(acte="gardiens.recours").contenu)
    assert ecriture["donnees"]["demande"] == "lettre du maire du 12 janvier 2027"
    changement = consultation.changements.get()
    assert (changement.sorte, "Aucune réponse ne s'ouvre" in changement.texte) == ("gardiens", True)


def test_les_gardiens_ne_s_appellent_que_sur_demande_ecrite(scene, bernard):
    with pytest.raises(RegleEnfreinte, match="demande écrite"):
        demander(
            scene.publiee(), [scene.helene, bernard], scene.helene, voie="gardiens", demande=" "
        )

    assert not Courriel.objects.filter(sujet__startswith="Votre clé de gardien").exists()


def test_avec_ses_propres_parts_personne_n_est_derange(scene, bernard):
    consultation = scene.publiee()

    repartage = demander(consultation, [scene.helene, bernard], scene.helene)

    assert repartage.demande_ecrite == ""
    assert not consultation.changements.exists()
    assert not Ecriture.objects.filter(acte="gardiens.recours").exists()


def test_qui_n_a_plus_d_acces_ne_refait_rien(scene, bernard):
    consultation = scene.publiee()
    repartage = demander(consultation, [scene.martine, bernard], scene.martine)
    partir(scene.helene)

    with pytest.raises(RegleEnfreinte, match="ne tenez pas de part"):
        achever(
            repartage,
            scene.helene,
            parts={sorte: NouvellesParts() for sorte in consultation.paires_de_cles},
        )


def partir(personne, le=LUNDI + timedelta(hours=1)):
    habilitation = Habilitation.objects.get(utilisateur=personne)
    retirer_habilitation(habilitation=habilitation, par=personne.acteur, maintenant=le)


def test_un_depart_se_voit_sur_les_consultations_en_cours(scene):
    consultation = scene.publiee()
    avant = lectures.parts_perdues([consultation], LUNDI)

    partir(scene.helene)

    perdues = lectures.parts_perdues([consultation], MARDI)
    assert avant == {}
    assert perdues[consultation] == [scene.helene]
    assert [p.souci for p in lectures.porteurs(consultation, MARDI)] == ["N'a plus d'accès", ""]


def test_des_parts_pour_d_autres_que_les_personnes_demandees_sont_refusees(scene, bernard):
    odile = agent("Odile Fasquelle", scene.organisme, le=LUNDI)
    repartage = demander(scene.publiee(), [scene.martine, bernard], scene.martine)
    parts = refaire(repartage, scene.martine)
    repartage.vers.set([scene.martine, odile])

    with pytest.raises(ConflitEtat, match="Recommencez depuis la liste"):
        achever(repartage, scene.martine, parts=parts)


@pytest.mark.parametrize("nombre,motif", [(1, "Il faut 2 personnes"), (2, "Rien ne change")])
def test_une_liste_trop_courte_ou_inchangee_est_refusee(scene, nombre, motif):
    with pytest.raises(RegleEnfreinte, match=motif):
        demander(scene.publiee(), [scene.martine, scene.helene][:nombre], scene.martine)


def test_une_personne_sans_cle_prete_ne_recoit_pas_de_part(scene):
    nue = agent("Yvette Cordier", scene.organisme, le=LUNDI, cle=False)

    with pytest.raises(RegleEnfreinte, match="Yvette Cordier"):
        demander(scene.publiee(), [scene.martine, nue], scene.martine)


def test_une_demande_neuve_remplace_la_precedente_et_s_abandonne(scene, bernard):
    consultation = scene.publiee()
    demander(consultation, [scene.martine, bernard], scene.martine)
    repartage = demander(consultation, [scene.helene, bernard], scene.helene)

    services.abandonner_le_repartage(repartage=repartage, par=scene.martine, maintenant=MARDI)

    assert not Repartage.objects.exists()
    assert tenants(consultation.paires_de_cles["offre"]) == [scene.helene, scene.martine]


def test_une_fois_l_ouverture_commencee_les_parts_ne_changent_plus(scene, bernard):
    consultation = franchir(scene.publiee(), "entrer_en_seance", par=scene.martine.acteur, le=MARDI)

    with pytest.raises(RegleEnfreinte, match="ouverture a commencé"):
        demander(consultation, [scene.martine, bernard], scene.martine)

"""Les actes sur les clés : ce qui entre, ce qui est refusé, ce que le journal retient."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.personnes.cles import queries, services
from beffroi.personnes.cles.fentes import FenteScellee
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from sceau import Identity

pytestmark = pytest.mark.django_db
LUNDI = datetime(2026, 11, 23, 9, tzinfo=UTC)


def personne(nom, courriel=""):
    return creer_utilisateur(
        courriel=courriel or f"{nom.lower()}@bomy.example",
        nom=nom,
        adresse_verifiee=True,
        maintenant=LUNDI,
    )


@pytest.fixture
def bomy():
    return creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=LUNDI
    )


@pytest.fixture
def membres():
    return [
        porteurs.donner_une_cle(personne(nom), maintenant=LUNDI)
        for nom in ("Martine", "Helene", "Bernard")
    ]


def test_creer_sa_cle_ne_la_rend_prete_qu_une_fois_le_code_recopie():
    identite = porteurs.donner_une_cle(personne("Martine"), maintenant=LUNDI, recopie=False)
    avant = queries.est_prete(identite)

    identite = services.confirmer_le_secours(identite=identite, par=PLATEFORME, maintenant=LUNDI)

    assert (avant, queries.est_prete(identite)) == (False, True)


def test_une_cle_sans_code_de_secours_est_refusee():
    martine = personne("Martine")

    with pytest.raises(RegleEnfreinte, match="code de secours"):
        services.creer_identite(
            utilisateur=martine,
            destinataire=porteurs.secret_de(martine).recipient.encode(),
            signature=porteurs.cle_de_signature(porteurs.secret_de(martine)),
            fentes=[porteurs.PHRASE],
            par=martine.acteur,
            maintenant=LUNDI,
        )


def test_une_cle_secrete_envoyee_en_clair_n_est_pas_gardee():
    martine = personne("Martine")
    secrete = FenteScellee(sorte="phrase", contenu=porteurs.secret_de(martine).encode().encode())

    with pytest.raises(RegleEnfreinte, match="abîmée"):
        services.creer_identite(
            utilisateur=martine,
            destinataire=porteurs.secret_de(martine).recipient.encode(),
            signature=porteurs.cle_de_signature(porteurs.secret_de(martine)),
            fentes=[secrete, porteurs.SECOURS],
            par=martine.acteur,
            maintenant=LUNDI,
        )


def test_un_destinataire_qui_n_est_pas_hybride_est_refuse():
    martine = personne("Martine")

    with pytest.raises(RegleEnfreinte, match="illisible"):
        services.creer_identite(
            utilisateur=martine,
            destinataire="age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
            signature=porteurs.cle_de_signature(porteurs.secret_de(martine)),
            fentes=[porteurs.PHRASE, porteurs.SECOURS],
            par=martine.acteur,
            maintenant=LUNDI,
        )


def test_on_n_a_qu_une_cle_a_la_fois_et_on_peut_en_changer():
    martine = personne("Martine")
    premiere = porteurs.donner_une_cle(martine, maintenant=LUNDI)

    with pytest.raises(ConflitEtat, match="déjà une clé"):
        porteurs.donner_une_cle(martine, maintenant=LUNDI)
    services.retirer_identite(identite=premiere, par=martine.acteur, maintenant=LUNDI)

    assert queries.identite_en_cours(martine) is None


def test_un_gardien_est_pret_quand_il_a_ouvert_son_canari():
    gardiens = porteurs.trois_gardiens(maintenant=LUNDI, prets=2)

    assert set(queries.gardiens_prets()) == set(gardiens[:2])


def test_un_gardien_sans_cle_recoit_son_canari_en_la_creant():
    gardien = porteurs.trois_gardiens(maintenant=LUNDI, prets=2)[2]
    porteurs.donner_une_cle(gardien.utilisateur, maintenant=LUNDI)
    gardien.refresh_from_db()

    porteurs.essai_du_gardien(gardien, maintenant=LUNDI)

    assert len(queries.gardiens_prets()) == 3


def test_un_gardien_qui_change_de_cle_refait_son_essai():
    gardien = porteurs.trois_gardiens(maintenant=LUNDI)[0]

    services.retirer_identite(
        identite=queries.identite_en_cours(gardien.utilisateur),
        par=gardien.utilisateur.acteur,
        maintenant=LUNDI,
    )

    assert gardien not in queries.gardiens_prets()


def test_un_quatrieme_gardien_est_refuse_et_un_acheteur_aussi(bomy):
    porteurs.trois_gardiens(maintenant=LUNDI)
    agent = personne("Martine")
    habiliter(
        organisme=bomy,
        utilisateur=agent,
        roles={"administrateur"},
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    with pytest.raises(RegleEnfreinte) as refus:
        services.designer_gardien(
            utilisateur=agent,
            organisation="Mairie",
            releve_de_l_exploitant=False,
            par=PLATEFORME,
            maintenant=LUNDI,
        )

    assert len(refus.value.motifs) == 2


def test_une_paire_deposee_garde_ses_parts_et_le_journal_son_empreinte(bomy, membres):
    porteurs.trois_gardiens(maintenant=LUNDI)

    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)

    ecriture = Ecriture.objects.get(acte="cles.paire_deposee", sujet=paire.reference)
    assert paire.parts.count() == 6
    assert paire.empreinte in ecriture.contenu
    assert paire.destinataire in ecriture.contenu


def test_sans_trois_gardiens_prets_aucune_paire_n_est_gardee(bomy, membres):
    porteurs.trois_gardiens(maintenant=LUNDI, prets=2)

    with pytest.raises(RegleEnfreinte):
        porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)

    assert not PaireDeCles.objects.exists()


def test_le_double_controle_veut_trois_membres(bomy, membres):
    porteurs.trois_gardiens(maintenant=LUNDI)

    with pytest.raises(RegleEnfreinte, match="Il faut 3 personnes"):
        porteurs.deposer_une_paire(
            bomy, membres[:2], maintenant=LUNDI, usage=replace(porteurs.USAGE, politique="double")
        )


@pytest.mark.parametrize(
    "fausse",
    [b"pas un fichier age", porteurs.sceller(b"x" * 34, Identity.generate().recipient.encode())],
)
def test_une_part_mal_formee_est_refusee(bomy, membres, fausse):
    gardiens = porteurs.trois_gardiens(maintenant=LUNDI)
    scellee = porteurs.paire_scellee(porteurs.USAGE, membres, gardiens)
    scellee = replace(scellee, parts_des_membres={**scellee.parts_des_membres, membres[0]: fausse})

    with pytest.raises(RegleEnfreinte, match="part de clé"):
        services.deposer_paire(
            organisme=bomy, usage=porteurs.USAGE, scellee=scellee, par=PLATEFORME, maintenant=LUNDI
        )


def test_seul_le_secret_du_canari_reussit_l_essai(bomy, membres):
    porteurs.trois_gardiens(maintenant=LUNDI)
    part = queries.parts_des_membres(
        porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)
    ).first()

    with pytest.raises(RegleEnfreinte, match="contenu du canari"):
        services.ouvrir_canari(part=part, clair=bytes(32), par=PLATEFORME, maintenant=LUNDI)

    assert porteurs.essayer(part, maintenant=LUNDI).canari_ouvert_le == LUNDI


def test_un_essai_de_plus_de_quatre_vingt_dix_jours_est_a_refaire(bomy, membres):
    porteurs.trois_gardiens(maintenant=LUNDI)
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)
    for part in queries.parts_des_membres(paire):
        porteurs.essayer(part, maintenant=LUNDI)
    plus_tard = LUNDI + timedelta(days=91)

    assert len(porteurs.prets(paire, le=LUNDI)) == 3
    assert porteurs.prets(paire, le=plus_tard) == []
    assert len(queries.essais_en_attente(membres[0].utilisateur, plus_tard)) == 1


def test_un_essai_recommence_prend_un_canari_neuf(bomy, membres):
    porteurs.trois_gardiens(maintenant=LUNDI)
    part = queries.parts_des_membres(
        porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)
    ).first()
    ancien = part.canari_empreinte

    essayee = porteurs.essayer(part, maintenant=LUNDI)
    neuve = services.renouveler_canari(part=essayee, par=PLATEFORME, maintenant=LUNDI)

    assert (neuve.canari_ouvert_le, neuve.canari_empreinte != ancien) == (None, True)


def test_une_paire_retiree_n_appelle_plus_d_essai(bomy, membres):
    porteurs.trois_gardiens(maintenant=LUNDI)
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)

    services.retirer_paire(paire=paire, par=PLATEFORME, maintenant=LUNDI)

    assert queries.essais_en_attente(membres[0].utilisateur, LUNDI) == []

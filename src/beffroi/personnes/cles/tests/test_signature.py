"""La clé d'une consultation porte la signature d'un membre, et le registre la tient."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.personnes.cles import publiees, queries, services, verification
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.cles.publiees import publication
from beffroi.personnes.cles.signature import enregistrement
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from sceau import Identity, SealError, key_record, log, receipt, signing

pytestmark = pytest.mark.django_db
LUNDI = datetime(2026, 11, 23, 9, tzinfo=UTC)
USAGE = replace(porteurs.USAGE, date_limite=LUNDI + timedelta(days=30))


@pytest.fixture
def bomy():
    return creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=LUNDI
    )


@pytest.fixture
def personnes():
    return [
        creer_utilisateur(
            courriel=f"{nom}@bomy.example", nom=nom, adresse_verifiee=True, maintenant=LUNDI
        )
        for nom in ("martine", "helene", "bernard")
    ]


@pytest.fixture
def membres(personnes):
    return [porteurs.donner_une_cle(personne, maintenant=LUNDI) for personne in personnes]


@pytest.fixture
def gardiens():
    return porteurs.trois_gardiens(maintenant=LUNDI)


def verifier(paire, **attendu):
    """Ce que vérifie qui a fait la clé, publiée ou non."""
    attendu = {
        "public": False,
        "consultation": "2026-0001",
        "envelope": "offre",
        "recipient": paire.destinataire,
        **attendu,
    }
    return key_record.verify(
        publication(paire), **attendu, log_keys=[log.Verifier(chainage.signataire().vkey)]
    )


def deposer(bomy, scellee, usage=USAGE):
    return services.deposer_paire(
        organisme=bomy, usage=usage, scellee=scellee, par=PLATEFORME, maintenant=LUNDI
    )


def test_la_cle_publiee_se_verifie_sans_nous(bomy, membres, gardiens):
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI, usage=USAGE)

    lu = verifier(paire)

    assert lu["date_limite"] == "2026-12-23T09:00:00.000000Z"
    assert lu["signataire"] == membres[0].empreinte_d_identite
    assert lu["gardiens"] == sorted(
        signing.public(porteurs.secret_de(g.utilisateur)).fingerprint for g in gardiens
    )


def test_la_cle_d_une_autre_consultation_ne_se_fait_pas_passer_pour_elle(bomy, membres, gardiens):
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)

    with pytest.raises(SealError):
        verifier(paire, consultation="2026-0002")


def test_l_ecriture_publiee_ne_nomme_personne(bomy, membres, gardiens):
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)

    assert not any(nom in publication(paire)["ecriture"] for nom in ("martine", "helene", "Warin"))


def test_une_cle_que_le_registre_ne_tient_pas_ne_se_publie_pas(bomy, membres, gardiens):
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)
    paire.reference = "K-22222222"

    assert publication(paire) is None


@pytest.mark.parametrize(
    "change", [{"date_limite": None}, {"consultation": "2026-0002"}, {"enveloppe": "candidature"}]
)
def test_ce_qui_a_change_depuis_la_signature_la_rend_caduque(bomy, membres, gardiens, change):
    scellee = porteurs.paire_scellee(USAGE, membres, gardiens)

    with pytest.raises(RegleEnfreinte, match="rechargez la page"):
        deposer(bomy, scellee, usage=replace(USAGE, **change))

    assert not PaireDeCles.objects.exists()


def test_la_signature_d_une_autre_personne_est_refusee(bomy, membres, gardiens):
    scellee = replace(porteurs.paire_scellee(USAGE, membres, gardiens), signataire=membres[1])

    with pytest.raises(RegleEnfreinte, match="signature ne correspond pas"):
        deposer(bomy, scellee)


def test_qui_ne_recoit_pas_de_part_ne_signe_pas(bomy, membres, gardiens):
    scellee = replace(porteurs.paire_scellee(USAGE, membres[:2], gardiens), signataire=membres[2])

    with pytest.raises(RegleEnfreinte, match="recevra une part"):
        deposer(bomy, scellee)


def test_la_cle_de_signature_d_une_autre_personne_ne_s_enregistre_pas(personnes):
    martine, helene, _ = personnes

    with pytest.raises(RegleEnfreinte, match="signature de votre clé"):
        services.creer_identite(
            utilisateur=martine,
            destinataire=porteurs.secret_de(martine).recipient.encode(),
            signature=porteurs.cle_de_signature(porteurs.secret_de(helene)),
            fentes=[porteurs.PHRASE, porteurs.SECOURS],
            par=martine.acteur,
            maintenant=LUNDI,
        )


def test_le_registre_retient_la_cle_de_signature_de_la_personne(membres):
    ecriture = Ecriture.objects.filter(acte="cles.identite_creee").first()

    assert (
        json.loads(ecriture.contenu)["donnees"]["cle_de_signature"] == membres[0].cle_de_signature
    )


@pytest.mark.parametrize(
    "champ,valeur",
    [("signature", "00" * 64), ("enregistrement", "{}"), ("destinataire", "age1pq1autre")],
)
def test_une_cle_changee_en_base_se_voit(bomy, membres, gardiens, champ, valeur):
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI)
    sans_faute = list(verification.fautes_de(paire))

    setattr(paire, champ, valeur)

    assert (sans_faute, bool(list(verification.fautes_de(paire)))) == ([], True)


def test_les_deux_cles_d_une_personne_font_son_empreinte(membres):
    martine, helene, _ = membres

    assert (
        martine.empreinte_d_identite
        == signing.public(porteurs.secret_de(martine.utilisateur)).fingerprint
    )
    martine.cle_de_signature = helene.cle_de_signature
    assert (
        martine.empreinte_d_identite
        != signing.public(porteurs.secret_de(martine.utilisateur)).fingerprint
    )


def test_une_cle_signee_par_qui_tient_la_base_se_voit(bomy, membres, gardiens):
    """Sa clé de signature prend la place de celle de Martine, et tout le reste est en règle."""
    intrus, martine = Identity.generate(), membres[0]
    martine.cle_de_signature = signing.public_key(intrus).hex()
    martine.save(update_fields=["cle_de_signature"])
    scellee = porteurs.paire_scellee(USAGE, membres, gardiens)
    contenu = enregistrement(
        USAGE,
        destinataire=scellee.destinataire,
        gardiens=[queries.ma_cle(gardien.utilisateur).publique for gardien in gardiens],
        signataire=martine,
    )
    signature = signing.sign(intrus, receipt.canonical(contenu))

    paire = deposer(bomy, replace(scellee, signature=signature))

    assert list(verification.fautes_de(paire)) == [
        "elle n'est signée par aucune personne dont le journal a vu naître la clé"
    ]


def publier(paire, consultation="2026-0001"):
    services.publier_la_cle(
        paire=paire, consultation=consultation, par=PLATEFORME, maintenant=LUNDI
    )


def test_une_cle_publiee_l_est_pour_tous_ceux_qui_connaissent_la_consultation(
    bomy, membres, gardiens
):
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI, usage=USAGE)
    with pytest.raises(SealError, match="not public"):
        verifier(paire, public=True)

    publier(paire)

    assert verifier(paire, public=True)["signataire"] == membres[0].empreinte_d_identite
    ecriture = Ecriture.objects.get(acte=key_record.PUBLIC_ACT)
    assert bytes(ecriture.feuille).startswith(log.label("2026-0001"))
    assert publiees.cles_de("2026-0001") == [publication(paire)]
    assert publiees.cles_de("2026-0002") == []


def test_une_cle_ne_se_publie_qu_une_fois_et_ne_dit_rien_des_porteurs(bomy, membres, gardiens):
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI, usage=USAGE)

    publier(paire)
    publier(paire)

    contenu = json.loads(Ecriture.objects.get(acte=key_record.PUBLIC_ACT).contenu)
    assert set(contenu["donnees"]) == {"cle", "signature", "cle_de_signature"}


def test_la_relecture_voit_une_cle_publiee_qui_n_est_pas_nee_ici(bomy, membres, gardiens):
    paire = porteurs.deposer_une_paire(bomy, membres, maintenant=LUNDI, usage=USAGE)
    publier(paire, consultation="2026-0009")

    assert list(verification.publications_fautives()) == [
        ("cette clé est publiée pour une autre consultation", paire.reference)
    ]

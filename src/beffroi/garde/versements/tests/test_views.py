"""Les pages des versements :
verser, suivre, déposer une réponse, voir un refus et quoi en faire.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beffroi.centre.interventions.tests.theatre import SIRET_VOISIN, en_service
from beffroi.garde.archives.models import Elimination, PieceAEliminer
from beffroi.garde.versements import services
from beffroi.garde.versements.models import Versement
from beffroi.garde.versements.services import envois
from beffroi.garde.versements.states import Etat
from beffroi.garde.versements.tests.scene import LE, administratrice, lectrice, paquet, relu
from beffroi.personnes.comptes.tests.personnes import connecter
from formats.seda.bornes import OCTETS_D_UNE_REPONSE
from formats.seda.tests.reponses import UNITES, accuse, refus, reponse

pytestmark = pytest.mark.django_db


@pytest.fixture
def etabli():
    return paquet()


@pytest.fixture
def martine(etabli, client):
    return connecter(client, etabli.demande_par)


def page(nom, objet=None, **autres):
    return reverse(
        f"versements:{nom}", kwargs={"reference": objet.reference, **autres} if objet else {}
    )


def texte(rendue) -> str:
    lu = " ".join(rendue.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())
    return lu.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("’", "'").replace("&#x27;", "'")


def lue(client, adresse) -> str:
    rendue = client.get(adresse)
    assert rendue.status_code == 200, rendue.status_code
    return texte(rendue)


def archives(etabli) -> str:
    return reverse("archives:consultation", args=[etabli.consultation.reference])


def remis(etabli) -> Versement:
    return services.declarer_la_remise(
        paquet=etabli, remise="à Claire Monchy, sur une clé", par=etabli.demande_par, maintenant=LE
    )


def envoie(client, verse, octets, nom="atr.xml"):
    return client.post(page("reponse", verse), {"fichier": SimpleUploadedFile(nom, octets)})


def test_sans_service_regle_la_page_le_dit_et_propose_de_remettre_soi_meme(
    martine, etabli, sans_service
):
    dit = lue(martine, page("verser", etabli))

    assert "Aucun service d'archives n'est réglé" in dit
    assert "Verser au service d'archives" not in dit
    assert "Télécharger le paquet" in dit and "J'ai remis ce paquet" in dit
    assert martine.post(page("verser", etabli)).status_code == 409


def test_verser_suivre_et_voir_la_prise_en_charge(martine, etabli, service):
    assert page("verser", etabli) in lue(martine, archives(etabli))
    assert "Pas encore versée" in lue(martine, reverse("archives:accueil"))
    assert "Verser au service d'archives" in lue(martine, page("verser", etabli))
    assert martine.post(page("verser", etabli)).status_code == 302
    verse = Versement.objects.get()
    assert "Le paquet part du serveur" in lue(martine, page("versement", verse))

    service.aussitot = accuse(etabli.reference)
    envois.envoyer.func(verse.reference)
    assert "ne le prend pas encore en charge" in lue(martine, page("versement", verse))
    assert "Reçu par le service d'archives" in lue(martine, reverse("archives:accueil"))

    service.ensuite = [reponse(etabli.reference, unites=UNITES)]
    envois.relever.func(verse.reference)
    phrase = "Pris en charge par le service d'archives FRAD062 le 28/11/2026, cote 3 E 118."
    assert phrase in lue(martine, page("versement", verse))
    assert phrase in lue(martine, page("liste"))
    assert phrase in lue(martine, archives(etabli))


def test_la_remise_se_note_puis_la_reponse_se_depose_et_se_telecharge(
    martine, etabli, sans_service
):
    assert martine.post(page("remettre", etabli), {"remise": ""}).status_code == 422
    martine.post(page("remettre", etabli), {"remise": "à Claire Monchy"})
    verse = Versement.objects.get()
    assert "à Claire Monchy" in lue(martine, page("versement", verse))

    assert envoie(martine, verse, accuse(etabli.reference)).status_code == 302
    assert envoie(martine, verse, reponse(etabli.reference)).status_code == 302
    telechargee = martine.get(page("document", verse, document="reponse.xml"))
    assert telechargee.content == reponse(etabli.reference)
    assert telechargee["Content-Disposition"].startswith("attachment")
    assert martine.get(page("document", verse, document="accuse.xml")).content == accuse(
        etabli.reference
    )
    assert martine.get(page("document", verse, document="autre.xml")).status_code == 404


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "Ce fichier est vide"),
        (b"%PDF-1.7", "pas un XML bien formé"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "type de document"),
        (reponse("PQ-AUTRE222"), "celle du transfert « PQ-AUTRE222 »"),
        (b" " * (OCTETS_D_UNE_REPONSE + 1), "dépasse 10 Mo"),
    ],
    ids=["vide", "pdf", "entité", "autre paquet", "gros"],
)
def test_un_fichier_qui_n_est_pas_la_reponse_est_refuse_avec_une_phrase(
    martine, etabli, sans_service, octets, phrase
):
    verse = remis(etabli)
    refusee = envoie(martine, verse, octets)

    assert refusee.status_code == 422
    assert phrase in texte(refusee)
    assert relu(verse).etat == Etat.ENVOYE


def test_un_refus_dit_ses_raisons_et_quoi_faire(martine, etabli, service):
    service.aussitot = refus(etabli.reference)
    martine.post(page("verser", etabli))
    verse = Versement.objects.get()
    envois.envoyer.func(verse.reference)

    dit = lue(martine, page("versement", verse))
    assert "Règle DUA-5-ANS inconnue" in dit
    assert "préparez un autre paquet" in dit and "Verser de nouveau" in dit
    assert "Pris en charge" not in dit + lue(martine, page("liste")) + lue(
        martine, archives(etabli)
    )
    assert verse.reference in lue(martine, page("verser", etabli))
    assert etabli.reference in lue(martine, page("liste"))
    assert martine.post(page("verser", etabli)).status_code == 302


def test_une_raison_hostile_ne_s_execute_pas(martine, etabli, sans_service):
    verse = remis(etabli)
    envoie(
        martine, verse, refus(etabli.reference, commentaire="&lt;script&gt;alarme()&lt;/script&gt;")
    )

    assert "<script>alarme()" not in martine.get(page("versement", verse)).content.decode()


def test_un_envoi_arrete_se_relance(martine, etabli, service):
    martine.post(page("verser", etabli))
    verse = Versement.objects.get()
    Versement.objects.update(panne="Jeton échu. Prévenez l'exploitant.", arrete=True)

    dit = lue(martine, page("versement", verse))
    assert "L'envoi est arrêté" in dit and "Jeton échu" in dit and "Réessayer l'envoi" in dit
    assert "À relancer" in lue(martine, page("liste"))
    assert martine.post(page("relancer", verse)).status_code == 302
    envois.envoyer.func(verse.reference)
    assert (relu(verse).etat, service.recus) == (Etat.ENVOYE, [(etabli.reference, verse.reference)])


def test_relancer_sans_service_ou_hors_de_saison_se_refuse(martine, etabli, sans_service):
    assert martine.post(page("relancer", remis(etabli))).status_code == 409


def test_un_versement_s_abandonne_avec_un_motif(martine, etabli, sans_service):
    verse = remis(etabli)

    assert martine.post(page("abandonner", verse), {"motif": ""}).status_code == 422
    assert martine.post(page("abandonner", verse), {"motif": "clé égarée"}).status_code == 302
    assert "clé égarée" in lue(martine, page("versement", verse))
    assert martine.post(page("abandonner", verse), {"motif": "encore"}).status_code == 422


def test_la_liste_dit_ce_qui_reste_a_verser(martine, etabli, sans_service):
    ancien = paquet(consultation=etabli.consultation, demande_le=LE.replace(hour=1))
    dit = lue(martine, page("liste"))
    assert etabli.reference in dit and ancien.reference not in dit

    remis(ancien)
    dit = lue(martine, page("liste"))
    assert "Aucun paquet à verser" in dit and "Remis par l'organisme" in dit


def bordereau(etabli, *, etat="a_viser", cle="x/y") -> Elimination:
    detruit = {
        "detruite_le": LE,
        "detruite_par": etabli.demande_par,
        "visee_le": LE,
        "date_du_visa": LE.date(),
    }
    vise = (
        {**detruit, "sha256_du_visa": "0" * 64, "signataire": "Claire Monchy"}
        if etat == "detruite"
        else {}
    )
    fait = Elimination.objects.create(
        organisme=etabli.consultation.organisme,
        etablie_par=etabli.demande_par,
        etablie_le=LE,
        empreinte="0" * 64,
        etat=etat,
        **vise,
    )
    PieceAEliminer.objects.create(
        elimination=fait,
        rang=1,
        consultation=etabli.consultation,
        titre="Offre",
        sorte="Offre",
        nom="offre.pdf",
        taille=3,
        sha256="0" * 64,
        cle_de_stockage=cle,
        jusqu_au=LE.date(),
        source="essai",
    )
    return fait


def test_le_bordereau_d_elimination_dit_ce_qui_est_pris_en_charge(martine, etabli, sans_service):
    verse = remis(etabli)
    envoie(martine, verse, reponse(etabli.reference, unites=UNITES))

    dit = lue(martine, reverse("archives:bordereau", args=[bordereau(etabli).reference]))
    assert (
        f"{etabli.consultation.reference} : Pris en charge par le service d'archives FRAD062 "
        "le 28/11/2026, cote 3 E 118."
    ) in dit


def test_un_paquet_detruit_ne_se_propose_plus_et_son_versement_reste_lisible(
    martine, etabli, sans_service
):
    autre = paquet(etabli.consultation.organisme)
    verse = remis(etabli)
    for un in (etabli, autre):
        bordereau(un, etat="detruite", cle=un.cle_de_stockage)

    assert "Aucun paquet à verser" in lue(martine, page("liste"))
    assert page("verser", autre) not in lue(martine, archives(autre))
    assert "Télécharger le paquet" not in lue(martine, page("verser", autre))
    assert martine.post(page("remettre", autre), {"remise": "à Claire"}).status_code == 422
    assert "détruit sous visa" in lue(martine, page("versement", verse))
    assert page("versement", verse) in lue(martine, archives(etabli))


def test_sans_le_role_on_ne_verse_pas_et_l_organisme_voisin_ne_voit_rien(
    etabli, client, sans_service
):
    verse = remis(etabli)
    connecter(client, lectrice(etabli.consultation.organisme))
    assert client.get(page("liste")).status_code == 403
    assert client.post(page("verser", etabli)).status_code == 403

    voisine = en_service(SIRET_VOISIN, "Commune d'Audincthun", "Hélène Duriez")
    connecter(client, voisine.habilitations.get().utilisateur)
    assert client.get(page("versement", verse)).status_code == 404
    assert client.get(page("document", verse, document="reponse.xml")).status_code == 404
    assert administratrice(etabli.consultation.organisme).nom not in lue(client, page("liste"))

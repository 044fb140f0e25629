"""Ce qui ne prouve rien d'un dépôt : ce qui servait à l'envoyer, et ne dit plus rien."""

from collections.abc import Mapping

from beffroi.socle.fondations.hors_preuve import HorsPreuve

D_UN_ENVOI = "servait à l'envoi, et ne dit plus rien une fois la réponse déposée"
DES_HEURES = HorsPreuve(
    "une heure de l'envoi ; le récépissé en dit le début et la fin",
    "l'écran d'un envoi dirait une autre heure ; celles qui comptent sont au récépissé",
)
HORS_PREUVE: Mapping[str, HorsPreuve] = {
    "BrouillonDeReponse": HorsPreuve(
        "rien n'est déposé : le brouillon change, puis s'efface",
        "une réponse en préparation se perdrait, ou changerait de main : ce qui est déposé dit son "
        "équipe et son auteur",
    ),
    "PartieAnnoncee": HorsPreuve(
        "une partie attendue, avant d'être reçue",
        "un envoi serait refusé, et se referait : un fichier reçu est comparé à ce qui l'annonçait",
    ),
    "Pli.cle_d_idempotence": HorsPreuve(
        "ce qui distingue un envoi d'un second clic",
        "un envoi répété ferait un second dépôt, qui serait au journal",
    ),
    "FichierScelle.reference": HorsPreuve(
        f"une référence tirée au sort, qui {D_UN_ENVOI}",
        "une page d'envoi ne retrouverait plus ce fichier ; le pli, lui, le tient par sa clé",
    ),
    "FichierScelle.piece_id": HorsPreuve(
        "la pièce attendue à laquelle l'entreprise le destinait, pour l'écran",
        "un écran le rangerait sous une autre pièce ; son nom est au récépissé",
    ),
    "FichierScelle.taille_claire": HorsPreuve(
        "la taille que l'entreprise en a dite avant de le sceller",
        "un écran dirait une autre taille ; celle des octets scellés est au récépissé",
    ),
    "FichierScelle.scellement": HorsPreuve(
        f"reconnaît un envoi repris : {D_UN_ENVOI}",
        "un envoi repris recommencerait",
    ),
    "FichierScelle.televersement": HorsPreuve(
        f"le nom que le stockage donne à l'envoi : {D_UN_ENVOI}",
        "un envoi en cours recommencerait",
    ),
    "FichierScelle.commence_le": DES_HEURES,
    "FichierScelle.termine_le": DES_HEURES,
    "FichierScelle.ecarte_le": HorsPreuve(
        "dit qu'un fichier déjà déposé n'est plus de la réponse suivante",
        "une réponse en préparation le montrerait, ou non ; ce qui est déposé ne change pas",
    ),
    "PartieRecue.recue_le": DES_HEURES,
    "PartieRecue.taille": HorsPreuve(
        "elle se tire de la taille du fichier, qui est au récépissé",
        "un envoi interrompu dirait autrement où il en est ; les octets reçus sont relus",
    ),
}

urlpatterns = []
app_name = "analyse"

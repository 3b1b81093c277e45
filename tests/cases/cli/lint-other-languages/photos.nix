{ config, ... }:
{
  services.photos.settings.oauth = {
    enabled = true;
    clientId = "immich";
  };
}
